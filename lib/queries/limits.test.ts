import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rebuildLock } from '@/lib/db/ledger/rebuild-progress'
import { databaseForThisFile } from '@/test/database'
import {
  addressOf,
  ago,
  chainId,
  type Factory,
  hashOf,
  hourAgo,
  officerOf,
  openFactory,
  people,
} from '@/test/factories'
import { insertSupervisedWorld } from '@/test/supervised-world'
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
const [ann, , , dan] = people

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
    await factory.sumUp()
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

test('which projection is in force is said, and how far another is', async () => {
  const tables = async () => value(await getIntegrityPage(analyst, worldNow)).tables
  expect(await tables()).toEqual({ version: 1, rebuild: null })
  const begun = new Date('2026-11-22T06:20:00Z')
  await factory.query(
    `UPDATE cursor SET rebuild_version = 2, rebuild_block = 59, rebuild_head = number, rebuild_begun_at = $1,
       rebuild_progressed_at = $1::timestamptz + interval '10 seconds' WHERE chain_id = $2`,
    [begun, chainId],
  )
  const broken = { version: 2, since: begun.toISOString(), isRunning: false, progress: { done: '60' } }
  expect(await tables()).toMatchObject({ version: 1, rebuild: broken })
  await factory.query('SELECT pg_advisory_lock($1, $2)', [rebuildLock, chainId])
  expect(await tables()).toMatchObject({ rebuild: { ...broken, isRunning: true, progress: { rate: 6 } } })
  await factory.query('SELECT pg_advisory_unlock($1, $2)', [rebuildLock, chainId])
  await factory.query('UPDATE cursor SET rebuild_version = NULL, rebuild_begun_at = NULL')
})

test('that nobody is ineligible is said only once all holders were asked', async () => {
  expect(value(await getIntegrityPage(analyst, worldNow)).holdersAsked).toBeNull()
  await factory.insert('reconciliation', { block_number: 118n, block_hash: hashOf(1), scope: 'complete' })
  expect(value(await getIntegrityPage(analyst, worldNow)).holdersAsked).toBe('118')
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
