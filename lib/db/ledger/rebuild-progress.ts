import type { Sql } from './bulk'

/** First number of the lock that a rebuild holds for as long as it runs; the second is the chain's id. */
export const rebuildLock = 0x72656275

/** Beside the cursor, for whoever looks: a rebuild of this version has begun. `from` is the block before its first. */
export async function beginRebuild(
  sql: Sql,
  chainId: number,
  { version, from, head }: { version: number; from: bigint; head: bigint },
): Promise<void> {
  await sql.query(
    `UPDATE cursor SET rebuild_version = $2, rebuild_block = $3, rebuild_head = $4, rebuild_begun_at = now(),
       rebuild_progressed_at = NULL WHERE chain_id = $1`,
    [chainId, version, from, head],
  )
}

export async function updateRebuild(sql: Sql, chainId: number, at: bigint, head: bigint): Promise<void> {
  await sql.query(
    'UPDATE cursor SET rebuild_block = $2, rebuild_head = $3, rebuild_progressed_at = now() WHERE chain_id = $1',
    [chainId, at, head],
  )
}

/** It is over, whichever way it ended. */
export async function clearRebuild(sql: Sql, chainId: number): Promise<void> {
  await sql.query(
    `UPDATE cursor SET rebuild_version = NULL, rebuild_block = NULL, rebuild_head = NULL, rebuild_begun_at = NULL,
       rebuild_progressed_at = NULL WHERE chain_id = $1`,
    [chainId],
  )
}
