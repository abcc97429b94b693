import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type TransferRow = {
  blockNumber: bigint
  logIndex: number
  txHash: Hex
  txIndex: number
  time: bigint
  instrument: Address
  from: Address
  to: Address
  amount: bigint
  fromIdentity: Address | null
  toIdentity: Address | null
  fromFirm: number | null
  toFirm: number | null
  cause: 'transfer' | 'mint' | 'burn' | 'forced' | 'recovery'
  /** Of a forced movement and of a recovery. */
  orderId: Hex | null
  /** How much of the amount had been frozen. */
  frozenMoved: bigint
}

const transfers: Table<TransferRow> = {
  name: 'transfer',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    tx_hash: ['hex', (row) => row.txHash],
    tx_index: ['int', (row) => row.txIndex],
    time: ['time', (row) => row.time],
    instrument: ['hex', (row) => row.instrument],
    from: ['hex', (row) => row.from],
    to: ['hex', (row) => row.to],
    amount: ['numeric', (row) => row.amount],
    from_identity: ['hex', (row) => row.fromIdentity],
    to_identity: ['hex', (row) => row.toIdentity],
    from_firm: ['int', (row) => row.fromFirm],
    to_firm: ['int', (row) => row.toFirm],
    cause: ['hex', (row) => row.cause],
    order_id: ['hex', (row) => row.orderId],
    frozen_moved: ['numeric', (row) => row.frozenMoved],
  },
}

export const insertTransfers = (sql: Sql, chainId: number, rows: TransferRow[]) =>
  insertRows(sql, transfers, chainId, rows)

/** Holdings that transfers touched, as keys of `balance`; `null` account: the supply itself. */
export type Touched = { instrument: Address; account: Address }

/** Deletes what came after a block. @return Whose balances, and with the zero address whose supply, that concerns. */
export async function deleteTransfersAfter(sql: Sql, chainId: number, block: bigint): Promise<Touched[]> {
  const { rows } = await sql.query(
    `WITH gone AS (DELETE FROM transfer WHERE chain_id = $1 AND block_number > $2 RETURNING instrument, "from", "to")
     SELECT instrument, "from" AS account FROM gone UNION SELECT instrument, "to" FROM gone`,
    [chainId, block],
  )
  return rows
}
