import type { Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type AnchorEntryRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  kind: 'journal' | 'report'
  size: bigint | null
  hash: Hex
}

const entries: Table<AnchorEntryRow> = {
  name: 'anchor_entry',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    kind: ['hex', (row) => row.kind],
    size: ['numeric', (row) => row.size],
    hash: ['hex', (row) => row.hash],
  },
}

export const insertAnchorEntries = (sql: Sql, chainId: number, rows: AnchorEntryRow[]) =>
  insertRows(sql, entries, chainId, rows)
