import type { Address } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type FreezeRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  instrument: Address
  account: Address
  firmId: number | null
  frozen: boolean
}

const freezes: Table<FreezeRow> = {
  name: 'freeze',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    instrument: ['hex', (row) => row.instrument],
    account: ['hex', (row) => row.account],
    firm_id: ['int', (row) => row.firmId],
    frozen: ['bool', (row) => row.frozen],
  },
}

export const insertFreezes = (sql: Sql, chainId: number, rows: FreezeRow[]) =>
  insertRows(sql, freezes, chainId, rows)
