import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { inTransaction } from './transaction'

const database = databaseForThisFile()
let pool: pg.Pool
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: database.superUrl, max: 1 })
  await pool.query('CREATE TABLE written (n int)')
})
beforeEach(() => pool.query('TRUNCATE written'))
afterAll(() => pool.end())

const insert = 'INSERT INTO written VALUES (1)'
const count = async () => Number((await pool.query('SELECT count(*) FROM written')).rows[0].count)

it('sends nothing behind a statement that failed, whatever was asked beside it', async () => {
  const statements = [insert, 'SELECT 1/0', insert, insert]
  const work = inTransaction(pool, (sql) => Promise.all(statements.map((text) => sql.query(text))))
  await expect(work).rejects.toThrow('division by zero')
  expect(await count()).toBe(0)
})

it('sends nothing behind its end, whichever it was', async () => {
  const kept = await inTransaction(pool, async (sql) => {
    await sql.query(insert)
    return sql
  })
  await expect(kept.query(insert)).rejects.toThrow('over')
  expect(await count()).toBe(1)
  const failed = inTransaction(pool, async (sql) => {
    for (const text of [insert, insert]) sql.query(text).catch(() => {})
    throw new Error('of the work')
  })
  await expect(failed).rejects.toThrow('of the work')
  expect(await count()).toBe(1)
})
