import { encodeAbiParameters, zeroAddress } from 'viem'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { readListed } from '@/lib/chain/modules'
import { compileContract } from '@/test/compile'
import { orderByTwo } from './support/measures'
import { expect, open, test } from './support/portal'
import { confirmMeasure } from './support/proposals'
import { signAlone, signByTwo } from './support/wallet'
import { chain, deploy, deployment } from './support/world'

// What is done to an instrument as a whole. The bond: few journeys need it to move.

test.describe.configure({ timeout: 240_000 })

const bond = deployment.instruments[2]!
const moduleOf = (kind: string) => bond.modules!.find((module) => module.kind === kind)!.address
const ANTARCTICA = 10

const pausedUntil = () =>
  chain.readContract({ address: bond.address, abi: instrumentAbi, functionName: 'pausedUntil' })

test('one officer pauses an instrument, and two end the pause', async ({ as }) => {
  const officer = await as('officer')
  await open(officer, `/instruments/${bond.address}`)
  await officer.getByRole('link', { name: 'Pause', exact: true }).click()
  await officer.getByRole('radio', { name: 'I alone, in an emergency' }).check()
  await confirmMeasure(officer)
  await signAlone(officer)
  expect(await pausedUntil()).toBeGreaterThan((await chain.getBlock()).timestamp)
  await open(officer, `/instruments/${bond.address}`)
  await expect(officer.getByText('Paused').first()).toBeVisible()

  await officer.getByRole('link', { name: 'End the pause' }).click()
  const reference = await confirmMeasure(officer, 'M-07')
  await signByTwo(officer, reference, { page: await as('approver') })
  expect(await pausedUntil()).toBe(0n)
})

test('rules change by two: a country is listed, holders are capped', async ({ as }) => {
  const [officer, approver] = [await as('officer'), await as('approver')]
  await open(officer, `/measures/propose?kind=country-rule&instrument=${bond.address}`)
  await officer.getByLabel('Country', { exact: true }).selectOption({ label: 'Antarctica' })
  await officer.getByRole('radio', { name: 'On the list', exact: true }).check()
  await signByTwo(officer, await confirmMeasure(officer, 'M-06'), { page: approver })
  const module = moduleOf('countries-restricted')
  expect(await readListed(chain, module, ANTARCTICA)).toBe(true)

  await open(officer, `/measures/propose?kind=holder-cap&instrument=${bond.address}`)
  await officer.getByLabel('Cap', { exact: true }).fill('1999')
  await signByTwo(officer, await confirmMeasure(officer, 'M-06'), { page: approver })
  await open(officer, `/instruments/${bond.address}`)
  const rules = officer.getByRole('region', { name: 'Rules' })
  await expect(rules).toContainText('No holders of Antarctica')
  await expect(rules).toContainText('At most 1,999 identities')
  await orderByTwo({ kind: 'SetCountryRule', country: ANTARCTICA, listed: false }, module)
  await orderByTwo({ kind: 'SetHolderCap', cap: 2_000n }, moduleOf('holder-cap'))
})

test('new code is scheduled by two, waits two days, and is taken back', async ({ as }) => {
  const { bytecode } = compileContract('Release')
  const wiring = [deployment.roles, deployment.registry] as const
  const code = await deploy(bytecode, encodeAbiParameters([{ type: 'address' }, { type: 'address' }], wiring))
  const officer = await as('officer')
  await open(officer, `/instruments/${bond.address}`)
  await officer.getByRole('link', { name: 'Propose an upgrade' }).click()
  const problem = officer.getByRole('alert').filter({ hasText: 'There is a problem' })
  await officer.getByLabel('Address of the new code').fill(deployment.anchor)
  await officer.getByLabel('Reason', { exact: true }).selectOption('M-08')
  await officer.getByLabel('Legal reference').fill('Release note 2')
  await officer.getByRole('button', { name: 'Continue' }).click()
  await expect(problem).toContainText('no code that an instrument can run on')
  await officer.getByLabel('Address of the new code').fill(code)
  await signByTwo(officer, await confirmMeasure(officer, 'M-08'), { page: await as('approver') })

  // A firm sees it coming too.
  const firm = await as('northgate-viewer')
  await open(firm, `/instruments/${bond.address}`)
  await expect(firm.getByText('New code is scheduled and not in force yet')).toBeVisible()
  await expect(firm.getByText('two days after it was scheduled')).toBeVisible()
  await expect(firm.getByRole('link', { name: 'Propose to take it back' })).toHaveCount(0)
  await orderByTwo({ kind: 'Upgrade', implementation: zeroAddress }, bond.address)
  await expect(async () => {
    await firm.reload()
    await expect(firm.getByText('Scheduled upgrade taken back')).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await expect(firm.getByText('New code is scheduled and not in force yet')).toHaveCount(0)
})
