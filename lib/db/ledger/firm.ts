import { deleteAfter, insertRows, type Sql, type Table } from './bulk'

export type FirmRow = { id: number; lei: string; name: string; blockNumber: bigint }

const firms: Table<FirmRow> = {
  name: 'firm',
  columns: {
    id: ['int', (row) => row.id],
    lei: ['text', (row) => row.lei],
    name: ['text', (row) => row.name],
    block_number: ['bigint', (row) => row.blockNumber],
  },
}

export const insertFirms = (sql: Sql, chainId: number, rows: FirmRow[]) =>
  insertRows(sql, firms, chainId, rows)

export const deleteFirmsAfter = (sql: Sql, chainId: number, block: bigint) =>
  deleteAfter(sql, 'firm', chainId, block)
