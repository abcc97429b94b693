import type { Pool, PoolClient } from 'pg'

/** First key of the advisory locks by which one process leads a chain. */
const leadership = 0x706c696d
/** A leader shows that it lives so often; one that has not for so long has its connection ended, and with it its lock. */
export const defaultLease = { beatMs: 2_000, lapsesMs: 10_000 }
export type Lease = typeof defaultLease

export type Lead = { lost: AbortSignal; release: () => void }

/**
 * The lead of a chain, if nobody has it. The lock is a connection's: a leader that dies loses it at once. One that was
 * stopped, or whose machine froze, keeps its connection, so that those who wait end it once it has been silent too
 * long. Should it wake, its lock is gone, and its epoch is over with the first act of the next leader.
 * @return undefined while another process leads
 */
export async function takeLead(
  pool: Pool,
  chainId: number,
  lease: Lease = defaultLease,
): Promise<Lead | undefined> {
  const client: PoolClient = await pool.connect()
  const lost = new AbortController()
  client.on('error', () => lost.abort())
  let beat: NodeJS.Timeout | undefined
  // The lock is the connection's, so the connection is ended and not returned to the pool.
  const release = () => {
    clearInterval(beat)
    client.release(true)
  }
  try {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS taken', [leadership, chainId])
    if (rows[0].taken) {
      beat = setInterval(() => {
        client.query('SELECT 1').catch(() => lost.abort())
      }, lease.beatMs)
      return { lost: lost.signal, release }
    }
    await endSilentLeader(client, chainId, lease)
  } catch (error) {
    release()
    throw error
  }
  release()
}

/** A role may end connections of its own. */
async function endSilentLeader(client: PoolClient, chainId: number, { lapsesMs }: Lease): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = $2 AND objsubid = 2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND state_change < clock_timestamp() - $3 * interval '1 millisecond'`,
    [leadership, chainId, lapsesMs],
  )
}
