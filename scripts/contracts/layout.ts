import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import {
  assertStorageUpgradeSafe,
  assertUpgradeSafe,
  getContractVersion,
  getStorageLayout,
  type StorageLayout,
  StorageUpgradeErrors,
  solcInputOutputDecoder,
  validate,
  withValidationDefaults,
} from '@openzeppelin/upgrades-core'
import type { Build } from './build'

const contract = 'contracts/src/Instrument.sol:Instrument'
const folder = 'contracts/layout'
const committed = `${folder}/instrument.json`

// Upgrades are the instrument's own business, so there is no UUPS function to look for.
const options = withValidationDefaults({ kind: 'transparent' })

/** Once a release is deployed: from then on every build has to keep the layout of this one. */
export function writeLayout(build: Build): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(committed, `${JSON.stringify(layoutOf(build), null, 2)}\n`)
}

/** Is the instrument's code safe behind a proxy, and does it keep the last release's storage? @return What is wrong. */
export function compareLayout(build: Build): string[] {
  const released = JSON.parse(readFileSync(committed, 'utf8')) as StorageLayout
  try {
    assertStorageUpgradeSafe(released, layoutOf(build), options)
    return []
  } catch (error) {
    if (!(error instanceof StorageUpgradeErrors)) throw error
    return [error.message]
  }
}

function layoutOf({ info: { input, output, solcVersion } }: Build): StorageLayout {
  const run = validate(output, solcInputOutputDecoder(input, output), solcVersion, input)
  const data = { version: '3.4' as const, log: [run] }
  const version = getContractVersion(run, contract)
  assertUpgradeSafe(data, version, options)
  return withoutPlaces(getStorageLayout(data, version))
}

/** Lines and node numbers change with every edit above them, and mean nothing to storage. */
function withoutPlaces(layout: StorageLayout): StorageLayout {
  return JSON.parse(
    JSON.stringify(layout, (key, value) => (key === 'astId' ? undefined : key === 'src' ? '' : value)),
  ) as StorageLayout
}
