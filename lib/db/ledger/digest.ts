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
  'holding',
  'freeze',
  'frozen_amount',
  'pause',
  'measure',
  'policy_limit',
  'limit_change',
  'flow',
  'limit_use',
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
  'instrument_event',
  'unknown_event',
  'anchor_entry',
] as const

export type LedgerTable = (typeof ledgerTables)[number]

/** Rows whose places are from `number * size` on, `size` of them. */
export type RangeDigest = { number: bigint; rows: number; digest: string }
export type TableDigest = { table: LedgerTable; rows: number; digest: string; ranges: RangeDigest[] }

/** Places from one to another, both inclusive. */
export type Span = { from: bigint; to: bigint }

/** Where a row lies along the chain: at a block, or in an hour of block time where it sums up more than one block. */
export type Axis = 'block' | 'hour' | 'none'

/** Places that are digested together at first. */
export const rangeSize = 4096n

/** Columns about the writing and the configuration, not about the chain. */
const operational = [
  'finality',
  'writer_epoch',
  'node_head',
  'verified_head',
  'finalized',
  'halt_reason',
  'doubt',
  'projection',
  'rebuild_version',
  'rebuild_block',
  'rebuild_head',
  'rebuild_begun_at',
  'rebuild_progressed_at',
  'updated_at',
]

/** The column that says where a row lies, the best first. Of what stands now it is the block that changed it last. */
const axes: readonly (readonly [columns: string[], expression: string, Axis])[] = [
  [['block_number'], 'block_number', 'block'],
  [['number'], '"number"', 'block'],
  [['start_block'], 'start_block', 'block'],
  [['hours', 'period'], 'hours * period', 'hour'],
  [['hour'], '"hour"', 'hour'],
]

/** Rows, and a SHA-256 of the digests of its ranges. Runs on the schema that the connection sees first. */
export async function digestTable(sql: Sql, table: LedgerTable, chainId: number): Promise<TableDigest> {
  const hash = createHash('sha256')
  const ranges = await listRangeDigests(sql, table, chainId, rangeSize)
  for (const { number, digest } of ranges) hash.update(`${number}:${digest} `)
  const rows = ranges.reduce((sum, range) => sum + range.rows, 0)
  return { table, rows, digest: hash.digest('hex'), ranges }
}

/** A SHA-256 of the rows of each range that has any, whatever their order in it. */
export async function listRangeDigests(
  sql: Sql,
  table: LedgerTable,
  chainId: number,
  size: bigint,
  within?: Span,
): Promise<RangeDigest[]> {
  const { place, text } = await formOf(sql, table)
  const { rows } = await sql.query(
    `SELECT number::text, count(*)::int AS rows,
       encode(sha256(string_agg(md5, '' ORDER BY md5)::bytea), 'hex') AS digest
     FROM (SELECT ${place} / $2::bigint AS number, md5(${text}) FROM "${table}"
       WHERE ${key(table)} = $1 ${within ? `AND ${place} BETWEEN $3 AND $4` : ''}) hashed
     GROUP BY hashed.number ORDER BY hashed.number`,
    [chainId, size, ...(within ? [within.from, within.to] : [])],
  )
  return rows.map((row) => ({ ...row, number: BigInt(row.number) }))
}

/** The rows at these places, as PostgreSQL writes them. */
export async function listRowTexts(sql: Sql, table: LedgerTable, chainId: number, { from, to }: Span) {
  const { place, text } = await formOf(sql, table)
  const { rows } = await sql.query(
    `SELECT ${text} AS text FROM "${table}" WHERE ${key(table)} = $1 AND ${place} BETWEEN $2 AND $3 ORDER BY 1`,
    [chainId, from, to],
  )
  return rows.map((row) => row.text as string)
}

export async function findAxis(sql: Sql, table: LedgerTable): Promise<Axis> {
  return (await formOf(sql, table)).axis
}

/** The blocks of an hour of block time; if it has none, the next block. */
export async function findBlocksOfHour(sql: Sql, chainId: number, hour: bigint): Promise<Span> {
  const { rows } = await sql.query(
    `SELECT coalesce(min(number), 0)::text AS from,
       coalesce(max(number) FILTER (WHERE time < to_timestamp(($2::bigint + 1) * 3600)), min(number), 0)::text AS to
     FROM block WHERE chain_id = $1 AND time >= to_timestamp($2::bigint * 3600)`,
    [chainId, hour],
  )
  return { from: BigInt(rows[0].from), to: BigInt(rows[0].to) }
}

async function formOf(sql: Sql, table: LedgerTable): Promise<{ place: string; axis: Axis; text: string }> {
  const { rows } = await sql.query(
    `SELECT column_name AS name, quote_ident(column_name) AS quoted FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND column_name <> ALL($2) ORDER BY column_name`,
    [table, operational],
  )
  const names = new Set(rows.map(({ name }) => name))
  const axis = axes.find(([columns]) => columns.every((column) => names.has(column)))
  const text = `(ROW(${rows.map(({ quoted }) => quoted).join(', ')})::text)`
  const [, place, kind] = axis ?? [[], '0', 'none' as const]
  return { place: `(${place})::bigint`, axis: kind, text }
}

const key = (table: LedgerTable) => (table === 'chain' ? 'id' : 'chain_id')
