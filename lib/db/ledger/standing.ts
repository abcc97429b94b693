import type { Address, Hex } from 'viem'
import { hexArray, insertRows, type Sql, type Table } from './bulk'

/** What is said of an identity beside its KYC: screening hits and countries, with what they leave in `identity`. */

type Place = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  identity: Address
  firmId: number
  orderId: Hex
}
export type ScreeningRow = Place & { flagged: boolean }
export type CountryChangeRow = Place & { before: number; after: number }

const place = {
  block_number: ['bigint', (row: Place) => row.blockNumber],
  log_index: ['int', (row: Place) => row.logIndex],
  time: ['time', (row: Place) => row.time],
  identity: ['hex', (row: Place) => row.identity],
  firm_id: ['int', (row: Place) => row.firmId],
  order_id: ['hex', (row: Place) => row.orderId],
} as const

const screenings: Table<ScreeningRow> = {
  name: 'screening',
  columns: { ...place, flagged: ['bool', (row) => row.flagged] },
}

const changes: Table<CountryChangeRow> = {
  name: 'country_change',
  columns: { ...place, before: ['int', (row) => row.before], after: ['int', (row) => row.after] },
}

export async function insertScreenings(sql: Sql, chainId: number, rows: ScreeningRow[]): Promise<void> {
  if (rows.length === 0) return
  await insertRows(sql, screenings, chainId, rows)
  await updateFlags(sql, chainId, new Set(rows.map(({ identity }) => identity)))
}

export async function deleteScreeningsAfter(sql: Sql, chainId: number, block: bigint): Promise<void> {
  const { rows } = await sql.query(
    'DELETE FROM screening WHERE chain_id = $1 AND block_number > $2 RETURNING identity',
    [chainId, block],
  )
  await updateFlags(sql, chainId, new Set(rows.map(({ identity }) => identity)))
}

/** An identity is flagged as its last screening says; one never screened is not. */
async function updateFlags(sql: Sql, chainId: number, touched: ReadonlySet<string>): Promise<void> {
  if (touched.size === 0) return
  await sql.query(
    `UPDATE identity SET flagged = coalesce((SELECT flagged FROM screening
       WHERE screening.chain_id = $1 AND screening.identity = identity.address
       ORDER BY block_number DESC, log_index DESC LIMIT 1), false)
     WHERE chain_id = $1 AND address = ANY($2::text[])`,
    [chainId, hexArray(touched)],
  )
}

export async function insertCountryChanges(
  sql: Sql,
  chainId: number,
  rows: CountryChangeRow[],
): Promise<void> {
  if (rows.length === 0) return
  await insertRows(sql, changes, chainId, rows)
  const last = new Map(rows.map(({ identity, after }) => [identity, after]))
  await sql.query(
    `UPDATE identity SET country = last.country FROM unnest($2::text[], $3::int[]) AS last(identity, country)
     WHERE chain_id = $1 AND address = last.identity`,
    [chainId, hexArray(last.keys()), [...last.values()]],
  )
}

/** The first change that is taken back knows the country before it. */
export async function deleteCountryChangesAfter(sql: Sql, chainId: number, block: bigint): Promise<void> {
  await sql.query(
    `WITH gone AS (DELETE FROM country_change WHERE chain_id = $1 AND block_number > $2
       RETURNING identity, "before", block_number, log_index),
     first AS (SELECT DISTINCT ON (identity) identity, "before" FROM gone
       ORDER BY identity, block_number, log_index)
     UPDATE identity SET country = first."before" FROM first WHERE chain_id = $1 AND address = first.identity`,
    [chainId, block],
  )
}
