import { beforeAll, describe, expect, it } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import {
  accountOf,
  blockHash,
  fillSmallLedger,
  harbour,
  identityOf,
  lastBlock,
  meridian,
  northgate,
  person,
  referenceOf,
  transfers,
  txHash,
  usd,
} from '@/test/small-ledger'
import { getOverviewPage } from './overview'
import { getSearchPage } from './search'
import { getShell } from './shell'

environmentForThisFile()
const database = databaseForThisFile()
beforeAll(() => fillSmallLedger(database.superUrl))

const analyst = person('analyst')
const ofHarbour = person('viewer', harbour)

async function overview(officer: typeof analyst) {
  const result = await getOverviewPage(officer)
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

describe('the overview', () => {
  it('adds up the day, hour by hour, in reference units', async () => {
    const { day, asOf } = await overview(analyst)
    expect(asOf).toMatchObject({ block: String(lastBlock), hash: blockHash(lastBlock), finality: 'pending' })
    expect(day).toMatchObject({ settled: 300, refused: 100 })
    expect(day.hours).toHaveLength(24)
    expect(day.hours.at(-1)).toMatchObject({
      start: '2026-11-22T01:00:00.000Z',
      settled: 41 * 3,
      refused: 41,
    })
    // The bond has no rate and counts for nothing.
    const value = transfers.filter(({ log }) => log !== 2).reduce((sum, { amount }) => sum + amount, 0n)
    expect(BigInt(day.value)).toBe(value)
  })

  it('counts who holds a balance and is not eligible', async () => {
    expect((await overview(analyst)).kyc.ineligibleHolders).toBe(1)
    expect((await overview(person('viewer', meridian))).kyc.ineligibleHolders).toBe(1)
    expect((await overview(ofHarbour)).kyc.ineligibleHolders).toBe(0)
  })

  it('shows a firm its own figures and nothing of the nodes', async () => {
    const page = await overview(ofHarbour)
    expect(page.day).toMatchObject({ settled: 200, refused: 0 })
    expect(page.integrity).toBeUndefined()
    expect((await overview(analyst)).integrity).toBeDefined()
  })
})

describe('the shell', () => {
  it('offers the sections of the role', async () => {
    const keys = async (officer: typeof analyst) => (await getShell(officer)).sections.map(({ key }) => key)
    expect(await keys(analyst)).toContain('integrity')
    expect(await keys(ofHarbour)).not.toContain('integrity')
    expect(await keys(ofHarbour)).not.toContain('reports')
    expect(await keys(analyst)).toContain('people')
    expect(await keys(ofHarbour)).toContain('trust')
    expect(await keys(ofHarbour)).not.toContain('people')
    expect((await getShell(ofHarbour)).person.place).toBe('Harbour Payments Ltd')
  })
})

describe('search', () => {
  const exactly = async (officer: typeof analyst, query: string) => {
    const result = await getSearchPage(officer, query)
    if (!result.ok) throw new Error(result.refusal.message)
    return result.value.exact
  }

  it.each([
    [txHash(7, 0), { kind: 'transfer', outcome: 'settled', block: '7', index: 0 }],
    [txHash(7, 1), { kind: 'transfer', outcome: 'refused', block: '7', index: 1 }],
    [txHash(7, 2), { kind: 'transaction' }],
    [blockHash(7).toUpperCase().replace('0X', '0x'), { kind: 'block', block: '7' }],
    ['1,00', { kind: 'block', block: '100' }],
    [accountOf(1), { kind: 'customer', identity: identityOf(1) }],
    [identityOf(1), { kind: 'customer', identity: identityOf(1) }],
    [usd, { kind: 'instrument', symbol: 'USD' }],
    ['c-10000', { kind: 'customer', reference: 'C-10000' }],
    ['northgate bank', { kind: 'firm', id: 1 }],
    ['52990000000000000001', { kind: 'firm', id: 1 }],
  ])('goes straight to %s', async (query, found) => {
    expect(await exactly(analyst, ` ${query} `)).toMatchObject(found)
  })

  it.each([
    txHash(7, 1),
    blockHash(999),
    identityOf(northgate),
    referenceOf(northgate),
    'Northgate Bank',
    accountOf(9),
  ])('finds for a firm nothing of %s, as if it did not exist', async (query) => {
    expect(await exactly(ofHarbour, query)).toBeUndefined()
  })

  it('finds a counterparty’s account by the transfers with it alone', async () => {
    expect(await exactly(ofHarbour, accountOf(northgate))).toEqual({
      kind: 'account',
      address: accountOf(northgate),
    })
  })

  it.each(['%', '_', "'; drop table firm", '\0', '0x', '９９', 'C-%', 'a'.repeat(5_000), '\ud800'])(
    'takes %j for words',
    async (query) => {
      const result = await getSearchPage(analyst, query)
      expect(result.ok).toBe(true)
      if (result.ok) expect(result.value.exact).toBeUndefined()
    },
  )

  it('lists what begins or sounds like it', async () => {
    const result = await getSearchPage(analyst, 'c-2')
    expect(result).toMatchObject({ ok: true, value: { found: [{ kind: 'customer', reference: 'C-20000' }] } })
    expect(await getSearchPage(analyst, 'trust')).toMatchObject({
      value: { found: [{ kind: 'firm', id: meridian }] },
    })
  })
})
