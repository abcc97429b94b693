import { createHash } from 'node:crypto'
import type { Sql } from './bulk'

/** The tables that a re-index must give again, in the order in which they are printed. */
export const ledgerTables = [
  'chain',
  'cursor',
  'block',
  'transaction',
  'receipt',
  'log',
  'firm',
  'identity',
  'account',
  'kyc_decision',
  'screening',
  'country_change',
  'trusted_issuer',
  'claim_topic',
  'instrument',
  'transfer',
  'refused_transfer',
  'activity',
  'balance',
  'freeze',
  'frozen_amount',
  'pause',
  'measure',
  'policy_limit',
  'limit_change',
  'flow',
  'rate',
  'order_outcome',
  'role_grant',
  'delegation',
  'instrument_compliance',
  'compliance_module',
  'country_rule',
  'module_cap',
  'preapproval',
  'upgrade',
  'anchor_entry',
] as const

export type LedgerTable = (typeof ledgerTables)[number]
export type TableDigest = { table: LedgerTable; rows: number; digest: string }

/** Columns about the writing and the configuration, not about the chain. */
const operational = [
  'finality',
  'writer_epoch',
  'node_head',
  'verified_head',
  'finalized',
  'halt_reason',
  'doubt',
  'updated_at',
]

/** Rows, and a SHA-256 that does not depend on their order. Runs on the schema that the connection sees first. */
export async function digestTable(sql: Sql, table: LedgerTable, chainId: number): Promise<TableDigest> {
  const hash = createHash('sha256')
  const hashes = await listRowHashes(sql, table, chainId)
  for (const row of hashes) hash.update(row)
  return { table, rows: hashes.length, digest: hash.digest('hex') }
}

/** One MD5 a row, sorted. */
export async function listRowHashes(sql: Sql, table: LedgerTable, chainId: number): Promise<string[]> {
  const text = await rowText(sql, table)
  const { rows } = await sql.query(
    `SELECT string_agg(md5, ' ' ORDER BY md5) AS all FROM (SELECT md5(${text}) FROM "${table}" WHERE ${key(table)} = $1) hashed`,
    [chainId],
  )
  return rows[0].all ? rows[0].all.split(' ') : []
}

/** The rows with these hashes, as PostgreSQL writes them. */
export async function listRowTexts(sql: Sql, table: LedgerTable, hashes: string[]): Promise<string[]> {
  const text = await rowText(sql, table)
  const { rows } = await sql.query(`SELECT ${text} AS text FROM "${table}" WHERE md5(${text}) = ANY($1)`, [
    hashes,
  ])
  return rows.map((row) => row.text)
}

async function rowText(sql: Sql, table: LedgerTable): Promise<string> {
  const { rows } = await sql.query(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND column_name <> ALL($2) ORDER BY column_name`,
    [table, operational],
  )
  return `(ROW(${rows.map((row) => row.name).join(', ')})::text)`
}

const key = (table: LedgerTable) => (table === 'chain' ? 'id' : 'chain_id')
