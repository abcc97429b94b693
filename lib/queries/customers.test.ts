import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import {
  addressOf,
  bond,
  type Factory,
  head,
  hourAgo,
  officerOf,
  openFactory,
  people,
  usd,
} from '@/test/factories'
import { insertSupervisedWorld } from '@/test/supervised-world'
import { getCustomerPage } from './customer'
import { getCustomersPage } from './customers'
import { getFirmPage } from './firm'
import { getFirmsPage } from './firms'

vi.mock('@/lib/env', () => ({ env: () => ({ chainId: 31337 }) }))

const database = databaseForThisFile()
let factory: Factory
const analyst = officerOf('analyst')
const northgate = officerOf('compliance-officer', 1)
const harbour = officerOf('viewer', 2)
const [ann, bob, cay, dan, eve] = people

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  await insertSupervisedWorld(factory)
})
afterAll(() => factory.close())

type Answer<T> = { ok: true; value: T } | { ok: false; refusal: { code: string } }
const value = <T>(answer: Answer<T>): T => {
  if (!answer.ok) throw new Error(answer.refusal.code)
  return answer.value
}
const journal = async () =>
  (await factory.query('select act, subject, detail from journal order by seq')).rows as { act: string }[]

describe('firms', () => {
  test('have their customers, refusals and use of the day, by name', async () => {
    const { rows, asOf } = value(await getFirmsPage(analyst, {}))
    expect(asOf).toMatchObject({ block: head.toString(), finality: 'pending' })
    expect(rows.map(({ name }) => name)).toEqual(['Harbour Payments Ltd', 'Northgate Bank'])
    expect(rows[1]).toMatchObject({ customers: 3, verified: 2, refused: 1 })
    // The hour before the 24 before the current one has left the window.
    expect(rows[1]?.day).toMatchObject({
      used: '900',
      limit: '1000',
      headroom: '100',
      share: 9_000,
      closeness: 'close',
    })
    expect(rows[1]?.day.resets).toBe(new Date(Number((hourAgo(24) + 25n) * 3_600n) * 1_000).toISOString())
  })

  test('a firm sees itself alone, and no other by asking for it', async () => {
    expect(value(await getFirmsPage(northgate, {})).rows.map(({ id }) => id)).toEqual([1])
    expect(value(await getFirmPage(northgate, '1')).name).toBe('Northgate Bank')
    const before = (await journal()).length
    for (const id of ['2', '0', '-1', '1e3', '１', '999999999999', "1'--"])
      expect(await getFirmPage(northgate, id)).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
    const lines = (await journal()).slice(before)
    expect(lines).toHaveLength(7)
    expect(new Set(lines.map(({ act }) => act))).toEqual(new Set(['refused:read:page']))
  })

  test('one firm has its limits, holdings and transfers', async () => {
    const page = value(await getFirmPage(analyst, '1'))
    expect(page.customers).toEqual({ all: 3, verified: 2, expiring: 1, expired: 1 })
    expect(page.limits.map(({ window, limit }) => [window, limit])).toEqual([
      ['transfer', null],
      ['day', '1000'],
      ['month', null],
    ])
    expect(page.holdings).toMatchObject([
      { symbol: 'BOND-31', amount: '3', holders: 1 },
      { symbol: 'USD', amount: '5000', holders: 1 },
    ])
    expect(page.transfers.length).toBe(5)
    expect(page.refusals).toHaveLength(1)
  })

  test('pages follow on one another, and a forged place is refused', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({
      id: 100 + index,
      lei: `LEI${String(index).padStart(17, '0')}`,
      name: `Zenith ${String(index % 7)}`,
    }))
    await factory.insert('firm', ...rows)
    const first = value(await getFirmsPage(analyst, {}))
    const second = value(await getFirmsPage(analyst, { after: first.next! }))
    const ids = [...first.rows, ...second.rows].map(({ id }) => id)
    expect(second.next).toBeNull()
    expect(ids).toHaveLength(62)
    expect(new Set(ids).size).toBe(62)
    for (const after of ['x', '!!', Buffer.from('["a","b"]').toString('base64url'), 'A'.repeat(5_000)])
      expect(await getFirmsPage(analyst, { after })).toMatchObject({ refusal: { code: 'bad-input' } })
    await factory.query('delete from firm where id >= 100')
  })

  test('a wildcard in the search is a character', async () => {
    expect(value(await getFirmsPage(analyst, { text: '%' })).rows).toEqual([])
    expect(value(await getFirmsPage(analyst, { text: 'gate' })).rows).toHaveLength(1)
    expect(value(await getFirmsPage(analyst, { text: 'harbour0' })).rows).toHaveLength(1)
    // PostgreSQL keeps no NUL, so nothing is lost without it.
    expect(value(await getFirmsPage(analyst, { text: 'ga\0te' })).rows).toHaveLength(1)
  })
})

describe('customers', () => {
  const references = async (search: Parameters<typeof getCustomersPage>[1], officer = analyst) =>
    value(await getCustomersPage(officer, search)).rows.map(({ reference }) => reference)

  test.each([
    [{}, ['C-10001', 'C-10002', 'C-10003', 'C-20001', 'C-20002']],
    [{ firm: 2 }, ['C-20001', 'C-20002']],
    [{ standing: 'verified' }, ['C-10001', 'C-10002', 'C-20001']],
    [{ standing: 'expiring' }, ['C-10002']],
    [{ standing: 'expiring', days: 8 }, []],
    [{ standing: 'expired' }, ['C-10003']],
    [{ standing: 'pending' }, ['C-20002']],
    [{ tier: 2 }, ['C-10003']],
    [{ country: 276 }, ['C-20001']],
    [{ text: 'c-100' }, ['C-10001', 'C-10002', 'C-10003']],
    [{ text: 'c-\x00100' }, ['C-10001', 'C-10002', 'C-10003']],
    [{ text: 'C_1%' }, []],
    [{ text: addressOf(0x2001) }, ['C-20001']],
    [{ text: addressOf(0x103) }, ['C-10003']],
  ] as const)('filter %j', async (search, expected) => {
    expect(await references(search)).toEqual(expected)
    expect(value(await getCustomersPage(analyst, search)).total).toBe(expected.length)
  })

  test('a half address is no search', async () => {
    const page = value(await getCustomersPage(analyst, { text: '0x12' }))
    expect(page.fields).toHaveProperty('text')
    expect(page.rows).toEqual([])
  })

  test('a firm sees its own, whatever firm it asks for', async () => {
    expect(await references({ firm: 1 }, harbour)).toEqual(['C-20001', 'C-20002'])
    expect(await references({ text: ann.account }, harbour)).toEqual([])
    expect(await getCustomerPage(harbour, ann.identity)).toMatchObject({ refusal: { code: 'not-found' } })
    expect(value(await getCustomerPage(harbour, dan.identity)).reference).toBe('C-20001')
  })

  test('pages follow on one another, also from customers to identities without a reference', async () => {
    const bare = Array.from({ length: 120 }, (_, index) => ({
      address: addressOf(0x9000 + index),
      firm_id: 2,
    }))
    await factory.insert('identity', ...bare)
    const seen: string[] = []
    for (let after: string | undefined, pages = 0; pages < 9; pages++) {
      const page = value(await getCustomersPage(analyst, { after }))
      seen.push(...page.rows.map(({ identity }) => identity))
      if (!page.next) break
      after = page.next
    }
    expect(seen).toHaveLength(125)
    expect(new Set(seen).size).toBe(125)
    await factory.query('delete from identity where address = any($1)', [bare.map(({ address }) => address)])
  })

  test('one customer: limits in force, what binds, accounts and history', async () => {
    const page = value(await getCustomerPage(analyst, ann.identity))
    expect(page.limits).toMatchObject([
      { window: 'transfer', limit: '500', tier: 1 },
      { window: 'day', limit: '1600', used: '1600', headroom: '0', closeness: 'full', tier: null },
      { window: 'month', limit: '9000', used: '1600', tier: 1 },
      { window: 'balance', limit: '20000', used: '8000', tier: 1 },
    ])
    expect(page.allowances).toEqual([
      {
        instrument: bond,
        symbol: 'BOND-31',
        decimals: 0,
        amount: '0',
        binds: { scope: 'identity', window: 'day' },
      },
      {
        instrument: usd,
        symbol: 'USD',
        decimals: 2,
        amount: '0',
        binds: { scope: 'identity', window: 'day' },
      },
    ])
    expect(page.accounts).toMatchObject([{ address: ann.account, frozen: ['BOND-31'] }])
    expect(page.history).toMatchObject([{ standing: 'verified', block: '10' }])
    expect(page.transfers.map(({ block }) => block)).toEqual(['119', '118', '101', '100', '50'])
  })

  test('what leaves least binds: here the firm', async () => {
    const { allowances, daysLeft, standing } = value(await getCustomerPage(northgate, bob.identity))
    expect(allowances[1]).toMatchObject({ amount: '100', binds: { scope: 'firm', window: 'day' } })
    expect({ daysLeft, standing }).toEqual({ daysLeft: 9, standing: 'expiring' })
    // No limit is stated for tier 2, so nothing may be sent.
    const other = value(await getCustomerPage(analyst, cay.identity))
    expect(other.allowances[1]).toMatchObject({ amount: '0', binds: { scope: 'tier', window: 'transfer' } })
    expect(value(await getCustomerPage(analyst, eve.identity)).standing).toBe('pending')
  })

  test.each(['', 'ann', '0x12', `${ann.identity}0`, addressOf(0xdead)])('nobody under %j', async (text) => {
    expect(await getCustomerPage(analyst, text)).toMatchObject({ refusal: { code: 'not-found' } })
  })
})
