import type { Sql } from './bulk'

export type Pulse = {
  block: bigint
  /** UNIX seconds. */
  time: bigint
  nodeHead: bigint
  isHalted: boolean
  isInDoubt: boolean
  /** Which derivation of the tables is in force. */
  projection: number
  /** Accounts that sent or received in the 24 hours of block time up to the cursor. */
  activeAccounts: number
}

/** How the index of a chain does at this moment; undefined before it has begun. */
export async function findPulse(sql: Sql, chainId: number): Promise<Pulse | undefined> {
  const { rows } = await sql.query(
    `WITH since AS (
       SELECT coalesce(min(number), 0) AS block FROM block
       WHERE chain_id = $1 AND time > (SELECT time FROM cursor WHERE chain_id = $1) - interval '24 hours')
     SELECT number, extract(epoch FROM time)::bigint AS time, node_head, halt_reason IS NOT NULL AS halted,
       doubt IS NOT NULL AS in_doubt, projection, (SELECT count(DISTINCT account)::int FROM (
         SELECT "from" AS account FROM transfer WHERE chain_id = $1 AND block_number >= (SELECT block FROM since)
         UNION ALL
         SELECT "to" FROM transfer WHERE chain_id = $1 AND block_number >= (SELECT block FROM since)) moved) AS active
     FROM cursor WHERE chain_id = $1`,
    [chainId],
  )
  const row = rows[0]
  return (
    row && {
      block: BigInt(row.number),
      time: BigInt(row.time),
      nodeHead: BigInt(row.node_head),
      isHalted: row.halted,
      isInDoubt: row.in_doubt,
      projection: row.projection,
      activeAccounts: row.active,
    }
  )
}
