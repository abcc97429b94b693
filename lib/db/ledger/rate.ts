import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type RateRow = {
  blockNumber: bigint
  logIndex: number
  instrument: Address
  numerator: bigint
  denominator: bigint
  orderId: Hex
}

const rates: Table<RateRow> = {
  name: 'rate',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    instrument: ['hex', (row) => row.instrument],
    numerator: ['numeric', (row) => row.numerator],
    denominator: ['numeric', (row) => row.denominator],
    order_id: ['hex', (row) => row.orderId],
  },
}

export const insertRates = (sql: Sql, chainId: number, rows: RateRow[]) =>
  insertRows(sql, rates, chainId, rows)
