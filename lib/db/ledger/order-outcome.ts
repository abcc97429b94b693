import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type OrderOutcomeRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  txHash: Hex
  orderId: Hex
  outcome: 'executed' | 'cancelled' | 'rejected'
  kind: number
  proposer: Address
  proposerPerson: Hex | null
  approver: Address | null
  approverPerson: Hex | null
  /** Whose lent role each of them used; null: their own. */
  proposerFor: Address | null
  approverFor: Address | null
  target: Address | null
  arguments: Hex | null
  reason: Hex | null
  legalRef: Hex | null
  firmId: number | null
}

const outcomes: Table<OrderOutcomeRow> = {
  name: 'order_outcome',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    tx_hash: ['hex', (row) => row.txHash],
    order_id: ['hex', (row) => row.orderId],
    outcome: ['hex', (row) => row.outcome],
    kind: ['int', (row) => row.kind],
    proposer: ['hex', (row) => row.proposer],
    proposer_person: ['hex', (row) => row.proposerPerson],
    approver: ['hex', (row) => row.approver],
    approver_person: ['hex', (row) => row.approverPerson],
    proposer_for: ['hex', (row) => row.proposerFor],
    approver_for: ['hex', (row) => row.approverFor],
    target: ['hex', (row) => row.target],
    arguments: ['hex', (row) => row.arguments],
    reason: ['text', (row) => row.reason],
    legal_ref: ['hex', (row) => row.legalRef],
    firm_id: ['int', (row) => row.firmId],
  },
}

export const insertOrderOutcomes = (sql: Sql, chainId: number, rows: OrderOutcomeRow[]) =>
  insertRows(sql, outcomes, chainId, rows)
