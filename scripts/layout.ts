/**
 * Is the instrument's code safe behind a proxy, and does it keep the storage of the last release? The layout of that
 * release is committed; `--release` replaces it, once a release is deployed.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

const contract = 'contracts/src/Instrument.sol:Instrument'
const committed = 'contracts/layout/instrument.json'

// Upgrades are the instrument's own business, so there is no UUPS function to look for.
const options = withValidationDefaults({ kind: 'transparent' })
const layout = layoutOfTheBuild()
if (process.argv.includes('--release')) {
  mkdirSync('contracts/layout', { recursive: true })
  writeFileSync(committed, `${JSON.stringify(layout, null, 2)}\n`)
  console.log(`${committed} is now the layout of this build.`)
} else {
  compare(JSON.parse(readFileSync(committed, 'utf8')) as StorageLayout)
}

function compare(released: StorageLayout) {
  try {
    assertStorageUpgradeSafe(released, layout, options)
    console.log('The instrument is safe behind a proxy and keeps the storage of the last release.')
  } catch (error) {
    if (!(error instanceof StorageUpgradeErrors)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

function layoutOfTheBuild(): StorageLayout {
  const { input, output, solcVersion } = build()
  const run = validate(output, solcInputOutputDecoder(input, output), solcVersion, input)
  const data = { version: '3.4' as const, log: [run] }
  const version = getContractVersion(run, contract)
  assertUpgradeSafe(data, version, options)
  return withoutPlaces(getStorageLayout(data, version))
}

/** Afresh and whole: of a build in parts the compiler would show only the part. */
function build() {
  const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-layout-'))
  try {
    const out = ['--out', join(scratch, 'out'), '--cache-path', join(scratch, 'cache')]
    execFileSync(process.execPath, ['scripts/forge.mjs', 'build', '--build-info', '--skip', 'test', ...out], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const folder = join(scratch, 'out', 'build-info')
    const files = readdirSync(folder)
    if (files.length !== 1) throw new Error(`Expected one build, found ${files.length}.`)
    return JSON.parse(readFileSync(join(folder, files[0]!), 'utf8'))
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

/** Lines and node numbers change with every edit above them, and mean nothing to storage. */
function withoutPlaces(layout: StorageLayout): StorageLayout {
  return JSON.parse(
    JSON.stringify(layout, (key, value) => (key === 'astId' ? undefined : key === 'src' ? '' : value)),
  ) as StorageLayout
}
