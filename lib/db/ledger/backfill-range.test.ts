import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../../../test/ask'
import { type FreshDatabase, freshDatabase } from '../../../test/postgres'
import { deleteUnclaimed, deleteWritten, insertRanges, takeClaim } from './backfill-range'

let database: FreshDatabase
let pool: pg.Pool
let root: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.urls.worker, max: 6 })
  root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
})
afterAll(async () => {
  await pool?.end()
  await root?.end()
  await database?.drop()
})

const ranges = async () =>
  (await root.query('SELECT from_block::int AS n FROM staged.backfill_range ORDER BY 1')).rows.map(
    ({ n }) => n,
  )

test('staged facts have the columns of the ledger’s, in their order', async () => {
  const columns = async (schema: string) =>
    (
      await root.query(
        `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
         WHERE table_schema = $1 AND table_name IN ('block', 'transaction', 'receipt', 'log')
         ORDER BY table_name, ordinal_position`,
        [schema],
      )
    ).rows
  expect(await columns('staged')).toEqual(await columns('public'))
})

test('nobody but a worker may look, every table has row security forced, and none outlives a crash without the others', async () => {
  for (const side of ['gate', 'authority', 'firm'] as const) {
    await expect(ask(database.urls[side], 'SELECT FROM staged.block')).rejects.toThrow('denied for schema')
  }
  const { rows } = await root.query(
    `SELECT relname FROM pg_class WHERE relnamespace = 'staged'::regnamespace AND relkind = 'r'
     AND relrowsecurity AND relforcerowsecurity AND relpersistence = 'u' ORDER BY 1`,
  )
  expect(rows.map(({ relname }) => relname)).toEqual([
    'backfill_range',
    'block',
    'log',
    'receipt',
    'transaction',
  ])
  const sequence = await root.query("SELECT relpersistence FROM pg_class WHERE relname = 'claim_epoch'")
  expect(sequence.rows).toEqual([{ relpersistence: 'p' }])
})

test('only whole ranges are offered, each is claimed once, and an epoch is never given twice', async () => {
  await insertRanges(pool, 1, 100n, 199n, 30n)
  await insertRanges(pool, 1, 130n, 219n, 30n)
  expect(await ranges()).toEqual([100, 130, 160, 190])
  const claims = await Promise.all(Array.from({ length: 5 }, () => takeClaim(pool, 1, 'one', 10_000)))
  const taken = claims.filter((claim) => claim !== undefined)
  expect(taken.map(({ from }) => Number(from)).sort()).toEqual([100, 130, 160, 190])
  await deleteWritten(pool, 1, 1_000n)
  await insertRanges(pool, 1, 100n, 129n, 30n)
  const again = await takeClaim(pool, 1, 'two', 10_000)
  expect(Number(again!.epoch)).toBeGreaterThan(Math.max(...taken.map(({ epoch }) => Number(epoch))))
})

test('what is written goes, and what nobody has begun; of another chain nothing', async () => {
  await insertRanges(pool, 1, 100n, 249n, 30n)
  await insertRanges(pool, 2, 100n, 129n, 30n)
  await takeClaim(pool, 1, 'three', 10_000)
  await deleteUnclaimed(pool, 1, 191n)
  expect(await ranges()).toEqual([100, 100, 130, 220])
  await deleteWritten(pool, 1, 159n)
  expect(await ranges()).toEqual([100, 220])
})
