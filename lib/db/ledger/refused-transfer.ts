import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type RefusedTransferRow = {
  blockNumber: bigint
  txIndex: number
  txHash: Hex
  time: bigint
  instrument: Address
  sender: Address
  from: Address
  to: Address
  amount: bigint
  code: number | null
  module: Address | null
  headroom: bigint | null
  subject: string | null
  reason: string
  fromIdentity: Address | null
  fromFirm: number | null
  toFirm: number | null
}

const refused: Table<RefusedTransferRow> = {
  name: 'refused_transfer',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    tx_index: ['int', (row) => row.txIndex],
    tx_hash: ['hex', (row) => row.txHash],
    time: ['time', (row) => row.time],
    instrument: ['hex', (row) => row.instrument],
    sender: ['hex', (row) => row.sender],
    from: ['hex', (row) => row.from],
    to: ['hex', (row) => row.to],
    amount: ['numeric', (row) => row.amount],
    code: ['int', (row) => row.code],
    module: ['hex', (row) => row.module],
    headroom: ['numeric', (row) => row.headroom],
    subject: ['text', (row) => row.subject],
    reason: ['text', (row) => row.reason],
    from_identity: ['hex', (row) => row.fromIdentity],
    from_firm: ['int', (row) => row.fromFirm],
    to_firm: ['int', (row) => row.toFirm],
  },
}

export const insertRefusedTransfers = (sql: Sql, chainId: number, rows: RefusedTransferRow[]) =>
  insertRows(sql, refused, chainId, rows)
