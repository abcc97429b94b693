import type { Pool, PoolClient } from 'pg'
import type { Sql } from './bulk'

/** One transaction: all of `work` or nothing of it. A connection that failed is not used again. */
export async function inTransaction<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client: PoolClient = await pool.connect()
  let broken: Error | undefined
  // A connection that is cut says so twice: to whoever waits for an answer, and as an event that must be heard.
  const hear = (error: Error) => {
    broken = error
  }
  client.on('error', hear)
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.off('error', hear)
    client.release(broken)
  }
}
