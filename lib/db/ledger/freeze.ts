import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

type Place = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  instrument: Address
  account: Address
  firmId: number | null
  orderId: Hex | null
}
/** `until` in UNIX seconds, exclusive; null: until lifted, or lifted. */
export type FreezeRow = Place & { frozen: boolean; until: bigint | null }
/** `amount` is all that is frozen of the account afterwards. */
export type FrozenAmountRow = Place & { amount: bigint }

const place = {
  block_number: ['bigint', (row: Place) => row.blockNumber],
  log_index: ['int', (row: Place) => row.logIndex],
  time: ['time', (row: Place) => row.time],
  instrument: ['hex', (row: Place) => row.instrument],
  account: ['hex', (row: Place) => row.account],
  firm_id: ['int', (row: Place) => row.firmId],
  order_id: ['hex', (row: Place) => row.orderId],
} as const

const freezes: Table<FreezeRow> = {
  name: 'freeze',
  columns: { ...place, frozen: ['bool', (row) => row.frozen], until: ['time', (row) => row.until] },
}

const amounts: Table<FrozenAmountRow> = {
  name: 'frozen_amount',
  columns: { ...place, amount: ['numeric', (row) => row.amount] },
}

export const insertFreezes = (sql: Sql, chainId: number, rows: FreezeRow[]) =>
  insertRows(sql, freezes, chainId, rows)

export const insertFrozenAmounts = (sql: Sql, chainId: number, rows: FrozenAmountRow[]) =>
  insertRows(sql, amounts, chainId, rows)
