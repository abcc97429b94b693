import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

/** What comparisons of the ledger with the chain found. */

/** One thing that the ledger and the chain say differently. Values as text. */
export type Mismatch = { what: string; subject: string; ledger: string; chain: string }

/** `sample`: what changed since the last time, and some of the rest; `complete`: every value. */
export type Scope = 'sample' | 'complete'
export type Reconciliation = {
  scope: Scope
  blockNumber: bigint
  blockHash: Hex
  checked: number
  mismatches: Mismatch[]
}

/**
 * Keeps a comparison. One that found a difference leaves the ledger in doubt, and only a complete one that found none
 * takes the doubt away. Samples that found nothing are of no use to anybody after a month.
 */
export async function insertReconciliation(sql: Sql, chainId: number, row: Reconciliation): Promise<void> {
  const { scope, blockNumber, blockHash, checked, mismatches } = row
  await sql.query(
    `WITH kept AS (INSERT INTO reconciliation (chain_id, scope, block_number, block_hash, checked, mismatches)
       VALUES ($1, $2, $3, $4, $5, $6))
     UPDATE cursor SET doubt = $7 WHERE chain_id = $1 AND ($7::text IS NOT NULL OR $2 = 'complete')`,
    [chainId, scope, blockNumber, blockHash, checked, JSON.stringify(mismatches), doubtOf(row)],
  )
  await sql.query(
    `DELETE FROM reconciliation WHERE chain_id = $1 AND at < now() - interval '30 days'
       AND scope = 'sample' AND mismatches = '[]'`,
    [chainId],
  )
}

function doubtOf({ blockNumber, mismatches: [first, ...others] }: Reconciliation): string | null {
  if (!first) return null
  const { what, subject, ledger, chain } = first
  const more = others.length > 0 ? `, and ${others.length} more` : ''
  return `At block ${blockNumber}, ${what} of ${subject} is ${ledger} here and ${chain} on the chain${more}`
}

/** Up to which block values were compared last; -1 before the first time. */
export async function findReconciledBlock(sql: Sql, chainId: number): Promise<bigint> {
  const { rows } = await sql.query(
    'SELECT block_number FROM reconciliation WHERE chain_id = $1 ORDER BY at DESC, id DESC LIMIT 1',
    [chainId],
  )
  return BigInt(rows[0]?.block_number ?? -1)
}

/** Whether every value should be compared: while there is doubt, and once none was for so many hours. */
export async function isCompleteDue(sql: Sql, chainId: number, hours: number): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT doubt IS NOT NULL OR NOT EXISTS (SELECT FROM reconciliation
       WHERE chain_id = $1 AND scope = 'complete' AND at > now() - make_interval(hours => $2)) AS due
     FROM cursor WHERE chain_id = $1`,
    [chainId, hours],
  )
  return rows[0]?.due ?? false
}

export type IneligibleHolder = {
  identity: Address
  firmId: number
  reason: 'unknown' | 'not-verified' | 'expired' | 'flagged' | 'claim'
  blockNumber: bigint
}

const holders: Table<IneligibleHolder> = {
  name: 'ineligible_holder',
  columns: {
    identity: ['hex', (row) => row.identity],
    firm_id: ['int', (row) => row.firmId],
    reason: ['hex', (row) => row.reason],
    block_number: ['bigint', (row) => row.blockNumber],
  },
}

/** The list as it is now; in the caller's transaction, so that nobody sees it half made. */
export async function replaceIneligibleHolders(
  sql: Sql,
  chainId: number,
  rows: readonly IneligibleHolder[],
): Promise<void> {
  await sql.query('DELETE FROM ineligible_holder WHERE chain_id = $1', [chainId])
  await insertRows(sql, holders, chainId, rows)
}
