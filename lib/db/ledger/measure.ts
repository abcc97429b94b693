import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

/** A freeze or a pause as ordered. Times in UNIX seconds; `expiresAt` exclusive, null: until lifted. */
export type MeasureRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  orderId: Hex
  kind: number
  instrument: Address
  subject: Address
  firmId: number | null
  reviewBy: bigint
  expiresAt: bigint | null
}

/** `until` in UNIX seconds, exclusive; null: until lifted, or lifted. */
export type PauseRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  instrument: Address
  paused: boolean
  until: bigint | null
  orderId: Hex | null
}

const measures: Table<MeasureRow> = {
  name: 'measure',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    order_id: ['hex', (row) => row.orderId],
    kind: ['int', (row) => row.kind],
    instrument: ['hex', (row) => row.instrument],
    subject: ['hex', (row) => row.subject],
    firm_id: ['int', (row) => row.firmId],
    review_by: ['time', (row) => row.reviewBy],
    expires_at: ['time', (row) => row.expiresAt],
  },
}

const pauses: Table<PauseRow> = {
  name: 'pause',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    instrument: ['hex', (row) => row.instrument],
    paused: ['bool', (row) => row.paused],
    until: ['time', (row) => row.until],
    order_id: ['hex', (row) => row.orderId],
  },
}

export const insertMeasures = (sql: Sql, chainId: number, rows: MeasureRow[]) =>
  insertRows(sql, measures, chainId, rows)

export const insertPauses = (sql: Sql, chainId: number, rows: PauseRow[]) =>
  insertRows(sql, pauses, chainId, rows)
