import type { Pool, PoolClient } from 'pg'
import type { Sql } from './bulk'

/**
 * One transaction: all of `work` or nothing of it. Statements that are given side by side are sent one after another, so
 * that the next is put together while PostgreSQL is at one. A connection that failed is not used again.
 */
export async function inTransaction<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client: PoolClient = await pool.connect()
  let broken: Error | undefined
  // A connection that is cut says so twice: to whoever waits for an answer, and as an event that must be heard.
  const hear = (error: Error) => {
    broken = error
  }
  client.on('error', hear)
  const { sql, end } = inTurn(client)
  try {
    await sql.query('BEGIN')
    const result = await work(sql)
    await sql.query('COMMIT')
    await end()
    return result
  } catch (error) {
    await end()
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.off('error', hear)
    client.release(broken)
  }
}

/** Nothing is sent behind a statement that failed, nor after the end: behind a ROLLBACK it would stand alone and stay. */
function inTurn(client: PoolClient): { sql: Sql; end: () => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve()
  let isOver = false
  const send = (given: unknown[]) => {
    if (isOver) throw new Error('The transaction is over')
    return (client.query as (...given: unknown[]) => Promise<unknown>)(...given)
  }
  const query = (...given: unknown[]) => {
    last = last.then(() => send(given))
    last.catch(() => {}) // whoever asked is told
    return last
  }
  const end = async () => {
    isOver = true
    await last.catch(() => {})
  }
  return { sql: { query: query as PoolClient['query'] }, end }
}
