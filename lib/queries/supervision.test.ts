import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import {
  addressOf,
  ago,
  bond,
  chainId,
  type Factory,
  head,
  hourAgo,
  insertWorld,
  officerOf,
  openFactory,
  people,
  transferOf,
  usd,
} from '@/test/factories'
import { getCustomerPage } from './customer'
import { getCustomersPage } from './customers'
import { getFirmPage } from './firm'
import { getFirmsPage } from './firms'
import { getIntegrityPage } from './integrity'
import { getLimitHistoryPage } from './limit-changes'
import { getLimitsPage } from './limits'
import { getRegisterPreview } from './reports'

vi.mock('@/lib/env', () => ({ env: () => ({ chainId: 31337 }) }))

const database = databaseForThisFile()
let factory: Factory
const analyst = officerOf('analyst')
const northgate = officerOf('compliance-officer', 1)
const harbour = officerOf('viewer', 2)
const [ann, bob, cay, dan, eve] = people

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  const { insert } = factory
  await insertWorld(factory)
  await insert(
    'policy_limit',
    { scope: 2, subject: '1', window: 1, amount: '1000', firm_id: 1 },
    { scope: 2, subject: '2', window: 1, amount: '4000', firm_id: 2 },
    { scope: 1, subject: '1', window: 0, amount: '500' },
    { scope: 1, subject: '1', window: 1, amount: '2000' },
    { scope: 1, subject: '1', window: 2, amount: '9000' },
    { scope: 1, subject: '1', window: 3, amount: '20000' },
    { scope: 0, subject: ann.identity, window: 1, amount: '1600', firm_id: 1 },
  )
  await insert(
    'flow',
    { scope: 2, subject: '1', firm_id: 1, hour: hourAgo(0), value: '300' },
    { scope: 2, subject: '1', firm_id: 1, hour: hourAgo(24), value: '600' },
    { scope: 2, subject: '1', firm_id: 1, hour: hourAgo(25), value: '5000' },
    { scope: 0, subject: ann.identity, firm_id: 1, hour: hourAgo(3), value: '1600' },
    { scope: 0, subject: dan.identity, firm_id: 2, hour: hourAgo(40), value: '900' },
  )
  await insert(
    'balance',
    { account: ann.account, firm_id: 1, amount: '5000' },
    { account: ann.account, firm_id: 1, instrument: bond, amount: '3' },
    { account: dan.account, firm_id: 2, amount: '70' },
  )
  await insert('freeze', {
    account: ann.account,
    firm_id: 1,
    instrument: bond,
    block_number: 90n,
    time: ago(30),
  })
  await insert(
    'transfer',
    transferOf(50n, null, ann, { amount: '9000' }),
    transferOf(100n, ann, dan),
    transferOf(101n, bob, ann),
    transferOf(119n, dan, ann),
  )
  await insert('refused_transfer', {
    block_number: 118n,
    tx_hash: `0x${'ab'.repeat(32)}`,
    time: ago(2),
    sender: ann.account,
    from: ann.account,
    to: dan.account,
    code: 22,
    from_identity: ann.identity,
    from_firm: 1,
    to_firm: 2,
    headroom: '0',
  })
  await insert('kyc_decision', {
    identity: ann.identity,
    firm_id: 1,
    block_number: 10n,
    time: ago(110),
    expiry: ago(-400 * 24),
  })
  await insert(
    'limit_change',
    { block_number: 5n, scope: 1, subject: '1', window: 1, after: '2000' },
    { block_number: 6n, scope: 2, subject: '1', window: 1, after: '1000', firm_id: 1 },
    { block_number: 7n, scope: 2, subject: '2', window: 1, after: '4000', firm_id: 2 },
  )
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

describe('limits', () => {
  test('the closest to its line come first', async () => {
    const { rows } = value(await getLimitsPage(analyst, {}))
    expect(rows.map(({ scope, subject, window, share }) => [scope, subject, window, share])).toEqual([
      ['identity', ann.identity, 'day', 10_000],
      ['firm', '1', 'day', 9_000],
      ['identity', ann.identity, 'month', 1_777],
      ['identity', dan.identity, 'month', 1_000],
      ['firm', '2', 'day', 0],
    ])
    expect(rows[2]).toMatchObject({ tier: 1, reference: 'C-10001', firm: { name: 'Northgate Bank' } })
  })

  test('can be narrowed', async () => {
    const subjects = async (search: Parameters<typeof getLimitsPage>[1]) =>
      value(await getLimitsPage(analyst, search)).rows.map(({ subject }) => subject)
    expect(await subjects({ kind: 'firm' })).toEqual(['1', '2'])
    expect(await subjects({ window: 'month' })).toEqual([ann.identity, dan.identity])
    expect(await subjects({ least: 80 })).toEqual([ann.identity, '1'])
  })

  test('a firm sees its own and the tiers', async () => {
    const page = value(await getLimitsPage(harbour, {}))
    expect(page.rows.map(({ subject }) => subject)).toEqual([dan.identity, '2'])
    expect(page.tiers).toHaveLength(1)
    const history = value(await getLimitHistoryPage(harbour, {}))
    expect(history.rows.map(({ subject, scope }) => [scope, subject])).toEqual([
      ['firm', '2'],
      ['tier', '1'],
    ])
    expect(value(await getLimitHistoryPage(analyst, {})).rows.map(({ name }) => name)).toEqual([
      'Harbour Payments Ltd',
      'Northgate Bank',
      'Tier 1',
    ])
  })

  test('pages follow on one another', async () => {
    await factory.query(
      `insert into flow (chain_id, scope, subject, hour, value, firm_id)
       select $1, 0, '0x' || lpad(to_hex(40960 + n), 40, '0'), $2, (n % 5) * 400 + 1, 2 from generate_series(1, 70) n`,
      [chainId, hourAgo(1).toString()],
    )
    await factory.query(
      `insert into identity (chain_id, address, firm_id, country, status, tier, expiry, evidence, block_number)
       select $1, '0x' || lpad(to_hex(40960 + n), 40, '0'), 2, 826, 1, 1, null, '0x' || repeat('0', 64), 1
       from generate_series(1, 70) n`,
      [chainId],
    )
    const keys: string[] = []
    const shares: number[] = []
    for (let after: string | undefined; ; ) {
      const page = value(await getLimitsPage(analyst, { after }))
      keys.push(...page.rows.map(({ subject, window }) => `${subject} ${window}`))
      shares.push(...page.rows.map(({ share }) => share))
      if (!page.next) break
      after = page.next
    }
    expect(keys).toHaveLength(145)
    expect(new Set(keys).size).toBe(145)
    expect(shares).toEqual(shares.toSorted((a, b) => b - a))
    for (const share of [-(2 ** 31), -1, 100_001]) {
      const after = Buffer.from(JSON.stringify([share, 0, 'x', 1])).toString('base64url')
      expect(await getLimitsPage(analyst, { after })).toMatchObject({ refusal: { code: 'bad-input' } })
    }
  })
})

test('integrity is the authority’s', async () => {
  await factory.insert('node', { name: 'main', head: 120n, hash: addressOf(1).padEnd(66, '0') })
  await factory.insert('reconciliation', {
    block_number: 117n,
    block_hash: `0x${'cd'.repeat(32)}`,
    mismatches: JSON.stringify([{ what: 'balance', chain: '2', ledger: '1' }]),
  })
  const page = value(await getIntegrityPage(analyst, worldNow))
  expect(page.index).toMatchObject({ lag: '0', halted: null })
  expect(page.nodes).toMatchObject([{ name: 'main', isFresh: true }])
  expect(page.reconciliations[0]?.mismatches).toEqual([{ what: 'balance', chain: '2', ledger: '1' }])
  expect(await getIntegrityPage(northgate, worldNow)).toMatchObject({ refusal: { code: 'not-permitted' } })
})
const worldNow = new Date('2026-11-22T06:25:10Z')

test('a register is counted before it is asked for, up to the last final block', async () => {
  const question = { firm: 1, from: ago(48), until: ago(-24) }
  expect(value(await getRegisterPreview(analyst, question)).answer).toMatchObject({ rows: 2 })
  expect(value(await getRegisterPreview(harbour2, { ...question, firm: 1 })).answer).toMatchObject({
    rows: 1,
    firm: { id: 2 },
  })
  expect(value(await getRegisterPreview(analyst, { ...question, firm: null })).answer?.rows).toBe(2)
  expect(
    value(await getRegisterPreview(analyst, { ...question, from: ago(19), until: ago(18) })).answer?.rows,
  ).toBe(1)
  expect(await getRegisterPreview(analyst, { ...question, firm: 77 })).toMatchObject({
    refusal: { code: 'not-found' },
  })
})
const harbour2 = officerOf('compliance-officer', 2)
