import type { Hex } from 'viem'
import type { Sql } from './bulk'

export type NodeRow = {
  name: string
  head: bigint | null
  hash: Hex | null
  version: string | null
  error: string | null
}

/** What a node answered last. An error keeps the head that was seen before it. */
export async function upsertNode(sql: Sql, chainId: number, row: NodeRow): Promise<void> {
  await sql.query(
    `INSERT INTO node (chain_id, name, head, hash, version, error, seen_at) VALUES ($1, $2, $3, $4, $5, $6, now())
     ON CONFLICT (chain_id, name) DO UPDATE SET head = coalesce(excluded.head, node.head),
       hash = coalesce(excluded.hash, node.hash), version = coalesce(excluded.version, node.version),
       error = excluded.error, seen_at = excluded.seen_at`,
    [chainId, row.name, row.head, row.hash, row.version, row.error],
  )
}
