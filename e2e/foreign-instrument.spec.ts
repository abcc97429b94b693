import AxeBuilder from '@axe-core/playwright'
import { type Address, encodeFunctionData, type Hex } from 'viem'
import { demonstrationAccount, wallets } from '@/prisma/seed/acts'
import { compileForeign } from '@/test/foreign-chain'
import { postAction } from './support/actions'
import { expect, open, test } from './support/portal'
import { isIndexed, journalOf } from './support/records'
import { broadcast, chain, deploy } from './support/world'

// A token that nobody of this ledger deployed, on the chain that runs.

test.describe.configure({ timeout: 180_000 })

const master = demonstrationAccount(wallets.operator)
const holder: Address = '0x00000000000000000000000000000000000a11ce'
let compiled: ReturnType<typeof compileForeign>

async function call(to: Address, functionName: string, args: unknown[]): Promise<void> {
  const data: Hex = encodeFunctionData({ abi: compiled.TextPermissioned.abi, functionName, args })
  const hash = await broadcast(master, { to, data, gas: 500_000n })
  await chain.waitForTransactionReceipt({ hash, pollingInterval: 200 })
}

async function deployToken(): Promise<Address> {
  compiled ??= compileForeign()
  const address = await deploy(compiled.TextPermissioned.bytecode, '0x')
  await call(address, 'mint', [master.address, 5_000_000n])
  await call(address, 'transfer', [holder, 1_250_000n])
  await call(address, 'setAddressFrozen', [holder, true])
  await call(address, 'surprise', [])
  return address
}

test('an administrator adds a token, watches its past being read, and sees what it did', async ({ as }) => {
  const address = await deployToken()
  const name = `Deposits of another bank, ${address.slice(2, 8)}`
  const page = await as('administrator')
  await open(page, '/instruments')
  const journal = await journalOf('administrator')
  await page.getByRole('link', { name: 'Watch another instrument' }).click()
  await page.getByLabel('Address of the contract').fill(address)
  await page.getByLabel('Name (optional)').fill(name)
  await page.getByRole('button', { name: 'Look at the contract' }).click()

  await expect(page.getByText('ERC-3643')).toBeVisible()
  await expect(page.getByText(/Freezes accounts · Freezes amounts · Forces transfers/)).toBeVisible()
  await expect(page.getByText('Derived from its whole history')).toBeVisible()
  await page.getByRole('button', { name: 'Watch this instrument' }).click()

  const entry = page.getByRole('listitem').filter({ hasText: name })
  await expect(entry).toBeVisible()
  await expect(entry.getByRole('progressbar').or(entry.getByText('Indexed with every block'))).toBeVisible()
  await expect(entry.getByText('Indexed with every block')).toBeVisible({ timeout: 60_000 })
  expect(await journal()).toEqual([
    expect.objectContaining({ act: 'watch:instrument', subject: address.toLowerCase() }),
  ])
  await expect(page.getByText('Instruments said what nobody here can read')).toBeVisible()

  await open(page, `/instruments/${address.toLowerCase()}`)
  await expect(page.getByText('5.000000').first()).toBeVisible()
  await expect(page.getByRole('cell', { name: 'AddressFrozen' })).toBeVisible()
  await expect(page.getByText('An event that nobody here knows')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Pause', exact: true })).toHaveCount(0)

  await open(page, `/transfers?instrument=${address.toLowerCase()}`)
  await expect(page.getByText('1.250000').first()).toBeVisible()
  // What comes after is indexed with every block.
  await call(address, 'setAddressFrozen', [holder, false])
  await call(address, 'transfer', [holder, 777_000n])
  await expect(async () => {
    await open(page, `/transfers?instrument=${address.toLowerCase()}`)
    await expect(page.getByText('0.777000').first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })

  const officer = await as('officer')
  await open(officer, '/measures/propose?kind=pause')
  await expect(officer.getByRole('option', { name: /PLN/ })).toHaveCount(0)

  // Let go: the past stays, and nothing new is read.
  await open(page, `/instruments/${address.toLowerCase()}`)
  await page.getByRole('link', { name: 'Stop watching' }).click()
  await expect(page.getByText('The past stays')).toBeVisible()
  await expect(page.getByText('no longer compared with the chain')).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Stop watching' }).click()
  await expect(page.getByText(/^Watched until block [\d,]+$/).first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/^as of block [\d,]+$/).first()).toBeVisible()
  expect((await journal()).at(-1)).toMatchObject({
    act: 'unwatch:instrument',
    subject: address.toLowerCase(),
  })
  await expect(page.getByRole('link', { name: 'Stop watching' })).toHaveCount(0)
  await call(address, 'transfer', [holder, 333_000n])
  const now = await chain.getBlockNumber()
  await expect.poll(() => isIndexed(now), { timeout: 30_000 }).toBe(true)
  await open(page, `/transfers?instrument=${address.toLowerCase()}`)
  await expect(page.getByText('0.777000').first()).toBeVisible()
  await expect(page.getByText('0.333000')).toHaveCount(0)

  // Watched again: what it did meanwhile is read too.
  await open(page, `/instruments/${address.toLowerCase()}`)
  await page.getByRole('link', { name: 'Watch again' }).click()
  await expect(page.getByText(/what lies before was read until it was let go/)).toBeVisible()
  await page.getByRole('button', { name: 'Watch this instrument' }).click()
  await expect(entry.getByText('Indexed with every block')).toBeVisible({ timeout: 60_000 })
  await open(page, `/transfers?instrument=${address.toLowerCase()}`)
  await expect(page.getByText('0.333000').first()).toBeVisible()
})

test('bad answers lose nothing that was entered', async ({ as }) => {
  const page = await as('administrator')
  await open(page, '/instruments/watch')
  const ask = async (address: string, startBlock = '') => {
    await page.getByLabel('Address of the contract').fill(address)
    await page.getByLabel('Name (optional)').fill('Kept')
    await page.getByLabel('Block of its deployment (optional)').fill(startBlock)
    await page.getByRole('button', { name: 'Look at the contract' }).click()
  }
  const says = async (words: string, address: string) => {
    await expect(page.getByRole('alert').or(page.getByRole('group')).getByText(words).first()).toBeVisible()
    await expect(page.getByLabel('Address of the contract')).toHaveValue(address)
    await expect(page.getByLabel('Name (optional)')).toHaveValue('Kept')
    await expect(page.getByRole('button', { name: 'Watch this instrument' })).toHaveCount(0)
  }
  await ask('0x1234')
  await says('Enter an address', '0x1234')
  await ask(holder)
  await says('There is no contract at this address', holder)
  compiled ??= compileForeign()
  const liar = await deploy(compiled.Liar.bytecode, '0x')
  await ask(liar)
  await says('It claims to be ERC-7943 and has no balances', liar)
  const token = await deployToken()
  await ask(token, String(await chain.getBlockNumber()))
  await says('Before this block there was a contract there already', token)
  await ask(token, '999999999')
  await says('This block is not there yet', token)
})

test('nobody else may', async ({ as }) => {
  const input = { address: '0x00000000000000000000000000000000000000aa', name: '', startBlock: '' }
  for (const who of ['officer', 'northgate-compliance']) {
    const page = await as(who)
    await open(page, '/instruments')
    await expect(page.getByRole('link', { name: 'Watch another instrument' })).toHaveCount(0)
    await page.goto('/instruments/watch')
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
    const journal = await journalOf(who)
    expect(await postAction(page, 'watchInstrumentAction', input)).toMatchObject({
      ok: false,
      refusal: { code: 'not-permitted' },
    })
    expect(await journal()).toEqual([expect.objectContaining({ act: 'refused:watch:instrument' })])
    await page.goto(`/instruments/${input.address}/let-go`)
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
    const further = await journalOf(who)
    expect(await postAction(page, 'letGoInstrumentAction', { address: input.address })).toMatchObject({
      ok: false,
      refusal: { code: 'not-permitted' },
    })
    expect(await further()).toEqual([expect.objectContaining({ act: 'refused:unwatch:instrument' })])
  }
})
