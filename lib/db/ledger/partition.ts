import type { Sql } from './bulk'

/**
 * Tables of the ledger are cut by chain, and facts and transfers by ranges of blocks too (migration 0016). Only their
 * owner may make a partition, so the worker asks it to by two functions. Beside the live tables, in a scratch schema,
 * there are none.
 */

/** A chain's own partitions. To be asked before its first row is written; does nothing if they are there. */
export async function openPartitions(sql: Sql, chainId: number): Promise<void> {
  if (await isLive(sql)) await sql.query('SELECT public.open_chain($1)', [chainId])
}

/**
 * Room for blocks from one to another, both inclusive, and at least a range beyond. Never inside a transaction that
 * writes them: it holds locks on the tables until it ends.
 * @returns The first block for which there is no room yet.
 */
export async function makeRoom(sql: Sql, chainId: number, from: bigint, to: bigint): Promise<bigint> {
  if (!(await isLive(sql))) return endless
  const { rows } = await sql.query('SELECT public.open_blocks($1, $2, $3) AS room', [chainId, from, to])
  return BigInt(rows[0].room)
}

const endless = 2n ** 63n - 1n

async function isLive(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query("SELECT current_schema() = 'public' AS live")
  return rows[0].live
}
