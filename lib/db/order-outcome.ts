import type { Address, Hex } from 'viem'
import type { Tx } from './client'

export type OrderOutcomeRecord = {
  orderId: Hex
  outcome: 'executed' | 'cancelled' | 'rejected'
  blockNumber: bigint
  time: Date
  txHash: Hex
  approver: Address | null
  approverPerson: Hex | null
  reason: Hex | null
  /** The projection that the order changes carries its id; kinds whose projection names no order count as applied. */
  applied: boolean
}

/** How these orders ended on chain, as far as the indexer has read. */
export async function listOrderOutcomes(
  tx: Tx,
  chainId: number,
  orderIds: readonly Hex[],
): Promise<OrderOutcomeRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select e.order_id, e.outcome, e.block_number, e.time, e.tx_hash, e.approver, e.approver_person, e.reason,
      case e.kind
        when 1 then exists (select 1 from kyc_decision d
          where d.chain_id = e.chain_id and d.block_number = e.block_number and d.order_id = e.order_id)
        when 2 then exists (select 1 from limit_change c
          where c.chain_id = e.chain_id and c.block_number = e.block_number and c.order_id = e.order_id)
        when 3 then exists (select 1 from rate r
          where r.chain_id = e.chain_id and r.block_number = e.block_number and r.order_id = e.order_id)
        when 6 then exists (select 1 from role_grant g
          where g.chain_id = e.chain_id and g.block_number = e.block_number and g.order_id = e.order_id)
        else true
      end as applied
    from order_outcome e
    where e.chain_id = ${chainId} and e.order_id = any(${[...orderIds]}::text[])`
  return rows.map((row) => ({
    orderId: row.order_id as Hex,
    outcome: row.outcome as OrderOutcomeRecord['outcome'],
    blockNumber: row.block_number,
    time: row.time,
    txHash: row.tx_hash as Hex,
    approver: row.approver as Address | null,
    approverPerson: row.approver_person as Hex | null,
    reason: row.reason as Hex | null,
    applied: row.applied,
  }))
}

type Row = {
  order_id: string
  outcome: string
  block_number: bigint
  time: Date
  tx_hash: string
  approver: string | null
  approver_person: string | null
  reason: string | null
  applied: boolean
}
