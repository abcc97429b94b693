import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listMigrations } from '@/scripts/prisma/migrate'
import { ask } from '@/test/ask'
import { setUpIndexing } from '@/test/indexing'
import { type FreshDatabase, freshDatabase } from '@/test/postgres'
import { insertSampleRows, listTables } from '@/test/sample-rows'

// The ledger in partitions: rows go where they belong, nobody gets at them but through the whole, and plans leave out
// what cannot hold an answer.

const { place, index, differences } = setUpIndexing({ seed: 23, blocks: 70 })
let root: pg.Client

beforeAll(async () => {
  root = new pg.Client({ connectionString: place.database.superUrl })
  await root.connect()
  await root.query(
    'CREATE OR REPLACE FUNCTION partition_blocks() RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 16',
  )
  await index()
})
afterAll(() => root?.end())

test('facts and transfers lie in ranges of blocks, the rest with their chain, and nothing anywhere else', async () => {
  const { rows } = await root.query(
    `SELECT tableoid::regclass::text AS part, min(block_number)::int AS first, max(block_number)::int AS last
     FROM transfer GROUP BY 1 ORDER BY 2`,
  )
  expect(rows.length).toBeGreaterThan(3)
  for (const { part, first, last } of rows) {
    const start = Math.floor(first / 16) * 16
    expect({ part, last: last < start + 16 }).toEqual({
      part: `projection_${place.config.id}_1.transfer_${start}`,
      last: true,
    })
  }
  const rest = await root.query(`SELECT count(*)::int AS n FROM ledger_rest.log`)
  expect(rest.rows).toEqual([{ n: 0 }])
  expect(await differences()).toEqual([])
})

test('no role has a right to a partition, row security is forced on each, the owner made them', async () => {
  const where = `n.nspname ~ '^(facts|projection|ledger)_' AND c.relkind IN ('r', 'p')`
  const { rows } = await root.query(
    `SELECT count(*)::int AS n, bool_and(c.relrowsecurity AND c.relforcerowsecurity) AS forced,
       bool_and(c.relacl IS NULL) AS granted_to_nobody, array_agg(DISTINCT c.relowner::regrole::text) AS owners
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${where}`,
  )
  expect(rows[0]).toMatchObject({ forced: true, granted_to_nobody: true, owners: ['plimsoll_owner'] })
  expect(rows[0].n).toBeGreaterThan(70)
  const { urls } = place.database
  for (const url of Object.values(urls)) {
    const direct = ask(url, `SELECT FROM projection_${place.config.id}_1.transfer`)
    await expect(direct).rejects.toThrow('permission denied for schema')
  }
  for (const side of ['gate', 'authority', 'firm'] as const) {
    await expect(ask(urls[side], 'SELECT public.open_chain(77)')).rejects.toThrow('permission denied')
  }
})

test('a firm sees through the whole what is its own, in every partition, and no more', async () => {
  const { rows } = await root.query(
    `SELECT from_firm AS firm, count(*)::int AS n FROM transfer WHERE from_firm IS NOT NULL GROUP BY 1 LIMIT 1`,
  )
  const { firm } = rows[0]
  const own = `SELECT count(*)::int AS n FROM transfer WHERE from_firm = ${firm} OR to_firm = ${firm}`
  const actor = { person_id: '00000000-0000-7000-8000-000000000001', role: 'viewer', firm_id: String(firm) }
  const seen = await ask(place.database.urls.firm, 'SELECT count(*)::int AS n FROM transfer', actor)
  expect(seen).toEqual((await root.query(own)).rows)
})

const plan = async (statement: string): Promise<string> =>
  (await root.query(`EXPLAIN ${statement}`)).rows.map((row) => row['QUERY PLAN']).join('\n')

test('plans leave out other chains and other ranges, and read the newest first without sorting', async () => {
  const { id } = place.config
  const pruned = await plan(`SELECT * FROM log WHERE chain_id = ${id} AND block_number BETWEEN 20 AND 30`)
  expect(pruned).toContain('log_16')
  expect(pruned).not.toMatch(/log_(0|32|48|64)\b|ledger_rest/)
  await root.query('SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off')
  const newest = await plan(
    `SELECT * FROM transfer WHERE chain_id = ${id} AND from_firm = 1
     ORDER BY block_number DESC, log_index DESC LIMIT 5`,
  )
  await root.query('RESET ALL')
  expect(newest).not.toContain('Sort')
  expect(newest).not.toContain('ledger_rest')
  const named = [...newest.matchAll(/on transfer_(\d+)/g)].map((match) => Number(match[1]))
  expect(named.length).toBeGreaterThan(3)
  expect(named).toEqual(named.toSorted((one, other) => other - one))
})

test('rows, rights and policies of before are there after the tables were cut', async () => {
  const old: FreshDatabase = await freshDatabase()
  const recreate = `DROP SCHEMA IF EXISTS ledger_rest, staged CASCADE; DROP SCHEMA public CASCADE;
    CREATE SCHEMA public AUTHORIZATION plimsoll_owner`
  const client = new pg.Client({ connectionString: old.superUrl })
  const owner = new pg.Client({ connectionString: old.ownerUrl })
  await Promise.all([client.connect(), owner.connect()])
  try {
    await client.query(recreate)
    const cut = listMigrations().findIndex(({ name }) => name === '0016_partitions')
    for (const { sql } of listMigrations().slice(0, cut)) await owner.query(sql)
    await insertSampleRows(client, 1)
    await insertSampleRows(client, 2)
    const look = async () => ({
      policies: (
        await client.query(
          `SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies
           WHERE schemaname = 'public' ORDER BY 1, 2`,
        )
      ).rows,
      rights: (
        await client.query(
          `SELECT table_name, column_name, grantee, privilege_type FROM information_schema.column_privileges
           WHERE table_schema = 'public' AND grantee LIKE 'plimsoll%' AND grantee <> 'plimsoll_owner' ORDER BY 1, 2, 3, 4`,
        )
      ).rows,
      rows: await listRows(client),
    })
    const before = await look()
    await owner.query(listMigrations()[cut]!.sql)
    expect(await look()).toEqual(before)
    const moved = await client.query('SELECT tableoid::regclass::text AS part FROM transfer')
    expect(moved.rows).toEqual([{ part: 'projection_1_1.transfer_0' }, { part: 'projection_1_1.transfer_0' }])
  } finally {
    await Promise.all([client.end(), owner.end()])
    await old.drop()
  }
})

async function listRows(client: pg.Client): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {}
  for (const table of (await listTables(client)).keys()) {
    found[table] = (await client.query(`SELECT t::text FROM "${table}" t ORDER BY 1`)).rows
  }
  return found
}
