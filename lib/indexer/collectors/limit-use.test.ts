import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../test/postgres'
import { createRandom } from '../../../test/random'
import { countedHours } from '../../compliance/limits'
import type { Position } from '../../db/ledger/chain'
import { type FlowRow, upsertFlows } from '../../db/ledger/flow'
import { insertKycDecisions, type KycDecisionRow } from '../../db/ledger/identity'
import { insertLimitChanges, type LimitChangeRow } from '../../db/ledger/limit'
import { deriveUse } from '../../db/ledger/limit-use'
import { emptyRows } from '../draft'
import { limitUse } from './limit-use'

// What is added block by block must be what a look at all hours, limits and tiers gives, whenever one looks.

const chainId = 1
const address = (n: number): `0x${string}` => `0x${n.toString(16).padStart(40, '0')}`
const hash = (n: number): `0x${string}` => `0x${n.toString(16).padStart(64, '0')}`
const noLimit = 2n ** 256n - 1n
const people = [1, 2, 3, 4, 5].map((n) => ({ subject: address(n), firmId: 1 + (n % 2) }))

let database: FreshDatabase
let sql: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  sql = new pg.Client({ connectionString: database.urls.worker })
  await sql.connect()
  for (const { subject, firmId } of people) {
    await sql.query(
      `INSERT INTO identity (chain_id, address, firm_id, country, status, tier, evidence, block_number)
       VALUES ($1, $2, $3, 826, 1, 1, $4, 1)`,
      [chainId, subject, firmId, hash(0)],
    )
  }
})
afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

const lines = async () => {
  const { rows } = await sql.query('SELECT * FROM limit_use ORDER BY scope, subject, "window"')
  return rows
}

const at = (number: bigint, time: bigint): Position => ({ number, hash: hash(Number(number)), time })

test.each([1, 2, 3])(
  'history %i: added up as it comes, it is what deriving it anew gives',
  {
    timeout: 60_000,
  },
  async (seed) => {
    const random = createRandom(seed)
    await sql.query('BEGIN')
    let here = at(0n, 1_790_000_000n)
    for (let number = 1n; number <= 150n; number++) {
      // A batch of blocks may reach over hours, and now and then over more than a window.
      const step = random.pick([12, 12, 1_800, 3_600, 30_000, 90_000, 400_000])
      const there = at(number, here.time + BigInt(random.below(random.chance(0.03) ? 4_000_000 : step) + 1))
      const rows = emptyRows()
      for (let each = random.below(4); each > 0; each--) {
        const { subject, firmId } = random.pick(people)
        const span = there.time - here.time
        const hour = (here.time + BigInt(random.below(Number(span)) + 1)) / 3600n
        const value = BigInt(random.below(50))
        const flow = (scope: 0 | 2, whose: string): FlowRow => ({
          scope,
          subject: whose,
          hour,
          value,
          firmId,
        })
        for (const row of [flow(0, subject), flow(2, String(firmId))]) {
          const key = `${row.scope} ${row.subject} ${hour}`
          const before = rows.flows.get(key)
          rows.flows.set(key, before ? { ...before, value: before.value + value } : row)
        }
      }
      if (random.chance(0.2)) rows.limitChanges.push(changeOf(random, number))
      if (random.chance(0.1)) rows.decisions.push(decisionOf(random, number))
      await upsertFlows(sql, chainId, [...rows.flows.values()])
      await insertLimitChanges(sql, chainId, rows.limitChanges)
      await insertKycDecisions(sql, chainId, rows.decisions)
      await limitUse.add(sql, chainId, rows, here, there)
      const added = await lines()
      await deriveUse(sql, chainId, countedHours(there.time), 'all')
      expect(added, `after block ${number}`).toEqual(await lines())
      here = there
    }
    expect((await lines()).length).toBeGreaterThan(0)
    await sql.query('ROLLBACK')
  },
)

type Random = ReturnType<typeof createRandom>

function changeOf(random: Random, blockNumber: bigint): LimitChangeRow {
  const { subject, firmId } = random.pick(people)
  const [scope, whose, firm] = random.pick([
    [0, subject, firmId],
    [1, random.pick(['1', '2']), null],
    [2, String(firmId), firmId],
  ] as const)
  const after = random.pick([0n, 40n, 100n, 1_000n, noLimit])
  return {
    ...{ blockNumber, logIndex: 0, time: 1_790_000_000n, scope, subject: whose, firmId: firm },
    ...{ window: random.pick([1, 2]), before: 0n, after, orderId: hash(1) },
  }
}

function decisionOf(random: Random, blockNumber: bigint): KycDecisionRow {
  const { subject, firmId } = random.pick(people)
  return {
    ...{ blockNumber, logIndex: 1, time: 1_790_000_000n, identity: subject, firmId, status: 2 },
    ...{ tier: random.pick([1, 2]), expiry: 1_900_000_000n, evidence: hash(0), orderId: hash(2) },
  }
}
