import type { Pool } from 'pg'

/** A pool whose connections fail at one statement, counted from zero, as if the process had died there. */
export function breakingPool(pool: Pool, at: number): Pool {
  const connect = async () => {
    const client = await pool.connect()
    let count = 0
    const query = (...args: unknown[]) =>
      args[0] !== 'ROLLBACK' && count++ === at
        ? Promise.reject(new Error('broken on purpose'))
        : (client.query as (...args: unknown[]) => unknown)(...args)
    const [on, off] = [client.on.bind(client), client.off.bind(client)]
    return { query, on, off, release: (error?: Error) => client.release(error) }
  }
  return { connect } as unknown as Pool
}
