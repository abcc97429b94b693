import type { Hex } from 'viem'
import type { Sql } from './bulk'

export type NodeRow = {
  name: string
  head: bigint | null
  hash: Hex | null
  version: string | null
  /** What it answers now, if that is an error. */
  error: string | null
  state: string
  latencyMs: number | null
  /** What was wrong last, right again or not. */
  fault: string | null
  faultAt: Date | null
}

/** What a node answered last. An error keeps the head that was seen before it. */
export async function upsertNode(sql: Sql, chainId: number, row: NodeRow): Promise<void> {
  const { name, head, hash, version, error, state, latencyMs, fault, faultAt } = row
  await sql.query(
    `INSERT INTO node (chain_id, name, head, hash, version, error, state, latency_ms, fault, fault_at, seen_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())
     ON CONFLICT (chain_id, name) DO UPDATE SET head = coalesce(excluded.head, node.head),
       hash = coalesce(excluded.hash, node.hash), version = coalesce(excluded.version, node.version),
       error = excluded.error, state = excluded.state, latency_ms = excluded.latency_ms,
       fault = coalesce(excluded.fault, node.fault), fault_at = coalesce(excluded.fault_at, node.fault_at),
       seen_at = excluded.seen_at`,
    [chainId, name, head, hash, version, error, state, latencyMs, fault, faultAt],
  )
}

/** Those that are no longer asked. */
export async function deleteNodesExcept(sql: Sql, chainId: number, names: readonly string[]): Promise<void> {
  await sql.query('DELETE FROM node WHERE chain_id = $1 AND name <> ALL($2)', [chainId, names])
}
