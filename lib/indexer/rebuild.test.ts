import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../../test/ask'
import { setUpFaults } from '../../test/faulty'
import { until } from '../../test/until'
import { findCursor } from '../db/ledger/chain'
import { type RebuildOptions, rebuildProjection } from './rebuild'

// The ledger derived anew beside the live tables and exchanged for them, while others write and read.

const { place, index, digest, differences, follow, settle } = setUpFaults({ seed: 77, blocks: 80 })
let root: pg.Client

beforeAll(async () => {
  await index()
  root = new pg.Client({ connectionString: place.database.superUrl })
  await root.connect()
})
afterAll(() => root?.end())

const rebuild = (more: Partial<RebuildOptions> = {}) =>
  rebuildProjection({
    live: place.pool,
    urls: { owner: place.database.ownerUrl, worker: place.database.urls.worker },
    config: place.config,
    ...more,
  })
const source = () => ({ rpc: place.rpc, verification: place.config.verification, watch: place.config.watch })
const version = async () => (await root.query('SELECT projection FROM cursor')).rows[0].projection
const schemas = async (): Promise<string[]> =>
  (
    await root.query(
      "SELECT nspname FROM pg_namespace WHERE nspname ~ '^(facts|projection)_[0-9]+_[0-9]+$' ORDER BY 1",
    )
  ).rows.map(({ nspname }) => nspname.replace(/_\d+_/, ' '))

/** One answer of a reader, all of one moment: what is of which block, and counted in two tables. */
async function look(client: pg.Client) {
  const one = async (text: string) => Number((await client.query(text)).rows[0].n)
  // The moment is chosen before the first table is touched.
  await client.query(
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT set_config('app.firm_id', '', true)",
  )
  await pause(Math.random() * 20)
  const seen = {
    cursor: await one('SELECT number AS n FROM cursor'),
    transfers: await one('SELECT count(*) AS n FROM transfer'),
    summed: await one('SELECT sum(settled) AS n FROM activity WHERE hours = 24 AND firm_id = 0'),
    logged: await one(
      'SELECT count(*) AS n FROM transfer JOIN log USING (chain_id, block_number, log_index)',
    ),
    last: await one('SELECT max(block_number) AS n FROM balance'),
  }
  await client.query('COMMIT')
  return seen
}

test('readers never see less, more, or two versions mixed, while blocks come in and the tables are exchanged', async () => {
  await root.query('UPDATE balance SET amount = amount + 1; DELETE FROM policy_limit')
  await root.query('UPDATE transfer SET from_firm = NULL, from_identity = NULL WHERE block_number < 40')
  const leader = follow()
  let over = false
  let answers = 0
  const read = async () => {
    const client = new pg.Client({ connectionString: place.database.urls.worker })
    await client.connect()
    let least = 0
    while (!over) {
      const { cursor, transfers, summed, logged, last } = await look(client)
      expect([summed, logged]).toEqual([transfers, transfers])
      expect(last).toBeLessThanOrEqual(cursor)
      expect(transfers).toBeGreaterThanOrEqual(Math.max(least, 1))
      least = transfers
      answers += 1
    }
    await client.end()
  }
  const readers = [read(), read(), read()]
  const writing = (async () => {
    while (!over) await place.chain.addBlocks(1)
  })()
  const before = (await findCursor(place.pool, place.config.id))!
  const { exchangeMs } = await rebuild()
  await pause(300)
  expect(await version()).toBe(2)
  expect(await schemas()).toEqual(['facts 1', 'projection 2'])
  over = true
  await Promise.all([...readers, writing])
  await until(leader.isLevel, 30)
  await leader.stop()
  expect(answers).toBeGreaterThan(20)
  expect(exchangeMs).toBeLessThan(10_000)
  const after = (await findCursor(place.pool, place.config.id))!
  expect(after.number).toBeGreaterThan(before.number)
  expect(after.writerEpoch).toBeGreaterThan(before.writerEpoch)
  expect(await differences()).toEqual([])
}, 240_000)

test('whoever looks at a moment before the new rows were there is waited for', async () => {
  const reader = new pg.Client({ connectionString: place.database.urls.worker })
  await reader.connect()
  await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT now()')
  let isLevel = false
  const rebuilt = rebuild({
    onProgress: (at, head) => {
      isLevel = at === head
    },
  })
  await until(() => isLevel, 30)
  await pause(4_000)
  const { rows } = await reader.query('SELECT (SELECT count(*)::int FROM transfer) AS n')
  await reader.query('COMMIT')
  expect(rows).toEqual((await root.query('SELECT count(*)::int AS n FROM transfer')).rows)
  await rebuilt
  await reader.end()
}, 120_000)

test('how far it is stands beside the cursor while it runs, and nothing of it once it is over', async () => {
  const read = async () => (await root.query('SELECT * FROM cursor')).rows[0]
  const told: Record<string, unknown>[] = []
  const onProgress = async (at: bigint, head: bigint) => {
    const { rebuild_version, rebuild_block, rebuild_head, updated_at } = await read()
    told.push({
      version: rebuild_version,
      isBehind: BigInt(rebuild_block) <= at,
      head: rebuild_head,
      updated_at,
    })
    expect(BigInt(rebuild_head)).toBe(head)
  }
  const before = await read()
  const { version: made } = await rebuild({ onProgress })
  expect(told[0]).toMatchObject({ version: made, isBehind: true, updated_at: before.updated_at })
  expect(await read()).toMatchObject({
    ...{ rebuild_version: null, rebuild_block: null, rebuild_head: null },
    ...{ rebuild_begun_at: null, rebuild_progressed_at: null },
  })
}, 120_000)

test('the new tables have the rights and the row security of the old', async () => {
  const { rows } = await root.query(
    `SELECT count(*)::int AS n, bool_and(c.relrowsecurity AND c.relforcerowsecurity) AS forced,
       bool_or(EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee <> c.relowner)) AS granted,
       count(p.oid)::int AS policies
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
     WHERE n.nspname ~ '^projection_' AND c.relkind IN ('r', 'p')`,
  )
  expect(rows[0]).toMatchObject({ forced: true, policies: 0 })
  expect(rows[0].granted).not.toBe(true)
  const { urls } = place.database
  await expect(ask(urls.worker, `SELECT FROM projection_${place.config.id}_4.transfer`)).rejects.toThrow(
    'denied',
  )
  const [{ firm }] = (await root.query('SELECT max(from_firm) AS firm FROM transfer')).rows
  const own = `SELECT count(*)::int AS n FROM transfer WHERE from_firm = ${firm} OR to_firm = ${firm}`
  const actor = { person_id: '00000000-0000-7000-8000-000000000001', role: 'viewer', firm_id: String(firm) }
  const seen = await ask(urls.firm, 'SELECT count(*)::int AS n FROM transfer', actor)
  expect(seen).toEqual((await root.query(own)).rows)
  const indexes = `SELECT count(*)::int AS n FROM pg_indexes WHERE tablename IN ('transfer', 'balance') AND schemaname = `
  const inPublic = (await root.query(`${indexes} 'public'`)).rows
  expect((await root.query(`${indexes} 'projection_${place.config.id}_4'`)).rows).toEqual(inPublic)
})

test('killed half-way it leaves the live tables as they are, and the next begins again', async () => {
  const before = await digest()
  const kill = async () => {
    await root.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plimsoll rebuild' OR pid IN (
         SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = ${0x72656275})`,
    )
  }
  await expect(rebuild({ onProgress: kill })).rejects.toThrow()
  expect(await digest()).toBe(before)
  expect(await schemas()).toEqual(['facts 1', 'projection 4', 'projection 5'])
  const two = await Promise.all([rebuild().catch(String), rebuild().catch(String)])
  expect(two.filter((each) => String(each).includes('is being rebuilt already'))).toHaveLength(1)
  expect(two).toContainEqual(expect.objectContaining({ version: 5 }))
  expect(await schemas()).toEqual(['facts 1', 'projection 5'])
  expect(await digest()).toBe(before)
}, 120_000)

test('what the chain takes back meanwhile is taken back', async () => {
  await place.chain.addBlocks(6)
  await index()
  let left = 2
  const onProgress = async (at: bigint, head: bigint) => {
    if (at < head || left-- <= 0) return
    await place.chain.reorganise(5)
    await settle()
  }
  const { position } = await rebuild({ onProgress })
  expect(left).toBeLessThanOrEqual(0)
  expect(position.hash).toBe((await place.chain.head()).hash)
  expect(await differences()).toEqual([])
}, 120_000)

test('a stored fact that was changed is found; from the node it is made good', async () => {
  const before = await digest()
  const changes = [
    ["UPDATE log SET data = data || '00' WHERE ctid = (SELECT min(ctid) FROM log)", /receipts-root|bloom/],
    [
      'UPDATE transaction SET value = value + 1 WHERE block_number = (SELECT max(block_number) FROM transaction)',
      /transaction-hash/,
    ],
    ["UPDATE block SET time = time + interval '1 minute' WHERE number = 30", /stored-mismatch/],
    ['DELETE FROM block WHERE number = 31', /block-missing/],
  ] as const
  for (const [change, code] of changes) {
    await root.query(change)
    await expect(rebuild()).rejects.toMatchObject({ code: expect.stringMatching(code) })
    await rebuild({ source: source() })
    expect(await digest()).toBe(before)
  }
  expect((await schemas()).map((name) => name.split(' ')[0])).toEqual(['facts', 'projection'])
}, 240_000)

test('blocks from before signatures were stored are verified as far as they can be, and whole once fetched anew', async () => {
  const before = await digest()
  const without = 'SELECT count(*)::int AS n FROM transaction WHERE signed IS NULL'
  await root.query('UPDATE transaction SET type = NULL, signed = NULL')
  await rebuild()
  expect((await root.query(without)).rows[0].n).toBeGreaterThan(0)
  await root.query("UPDATE log SET topic1 = '0x' || repeat('7', 64) WHERE topic1 IS NOT NULL")
  await expect(rebuild()).rejects.toMatchObject({ code: 'bloom-mismatch' })
  await rebuild({ source: source() })
  expect((await root.query(without)).rows).toEqual([{ n: 0 }])
  expect(await digest()).toBe(before)
}, 120_000)
