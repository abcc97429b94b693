import type { Address } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'
import type { Position } from './chain'

/** The firm of a row that counts every transfer of an instrument once. No firm has this number. */
export const everyFirm = 0

/** Periods of block time that are summed up, in hours. */
export const periods = [1, 24] as const

export type ActivityRow = {
  /** Length of the period in hours. */
  hours: (typeof periods)[number]
  /** UNIX time / (3600 * hours). */
  period: bigint
  firmId: number
  instrument: Address
  settled: number
  refused: number
  /** Units of the instrument in settled transfers; of a firm, those that it sent or received, each once. */
  amount: bigint
  sent: bigint
  received: bigint
}

const activity: Table<ActivityRow> = {
  name: 'activity',
  columns: {
    hours: ['int', (row) => row.hours],
    period: ['bigint', (row) => row.period],
    firm_id: ['int', (row) => row.firmId],
    instrument: ['hex', (row) => row.instrument],
    settled: ['int', (row) => row.settled],
    refused: ['int', (row) => row.refused],
    amount: ['numeric', (row) => row.amount],
    sent: ['numeric', (row) => row.sent],
    received: ['numeric', (row) => row.received],
  },
  conflict: `ON CONFLICT (chain_id, hours, period, firm_id, instrument) DO UPDATE SET
    settled = activity.settled + excluded.settled, refused = activity.refused + excluded.refused,
    amount = activity.amount + excluded.amount, sent = activity.sent + excluded.sent,
    received = activity.received + excluded.received`,
}

/** Adds to what the periods have. */
export const upsertActivity = (sql: Sql, chainId: number, rows: ActivityRow[]) =>
  insertRows(sql, activity, chainId, rows)

/**
 * Makes the periods that reach beyond a block as if nothing after it had been read. Block time never runs backwards, so
 * besides whole later periods only the one of the block itself is concerned: it is summed anew from the transfers.
 */
export async function rebuildActivityAfter(sql: Sql, chainId: number, last: Position): Promise<void> {
  for (const hours of periods) {
    const seconds = BigInt(hours) * 3600n
    const period = last.time / seconds
    await sql.query('DELETE FROM activity WHERE chain_id = $1 AND hours = $2 AND period >= $3', [
      chainId,
      hours,
      period,
    ])
    await sql.query(sums, [chainId, hours, period, period * seconds, last.number, everyFirm])
  }
}

/** Of one period: whole instruments, then each firm that sent or received. */
const sums = `
  WITH since AS (
    SELECT coalesce(max(number), -1) AS block FROM block
    WHERE chain_id = $1 AND number <= $5 AND time < to_timestamp($4)
  ), moved AS (
    SELECT instrument, from_firm, to_firm, amount, 1 AS settled, 0 AS refused FROM transfer
    WHERE chain_id = $1 AND block_number > (SELECT block FROM since) AND block_number <= $5
    UNION ALL
    SELECT instrument, from_firm, NULL, 0, 0, 1 FROM refused_transfer
    WHERE chain_id = $1 AND block_number > (SELECT block FROM since) AND block_number <= $5
  ), sided AS (
    SELECT instrument, $6::int AS firm_id, settled, refused, amount, amount AS sent, amount AS received FROM moved
    UNION ALL
    SELECT instrument, from_firm, settled, refused, amount, amount, CASE WHEN to_firm = from_firm THEN amount ELSE 0 END
    FROM moved WHERE from_firm IS NOT NULL
    UNION ALL
    SELECT instrument, to_firm, settled, refused, amount, 0, amount
    FROM moved WHERE to_firm IS NOT NULL AND to_firm IS DISTINCT FROM from_firm
  )
  INSERT INTO activity (chain_id, hours, period, firm_id, instrument, settled, refused, amount, sent, received)
  SELECT $1, $2, $3, firm_id, instrument, sum(settled), sum(refused), sum(amount), sum(sent), sum(received)
  FROM sided GROUP BY firm_id, instrument`
