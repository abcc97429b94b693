import type { Address, Hex } from 'viem'
import type { Tx } from './client'
import { Prisma } from './generated/client'

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

/** By IOrders.Kind: the history that an executed order writes a line of, with its id. */
const histories: Record<number, string> = {
  1: 'kyc_decision',
  2: 'limit_change',
  3: 'rate',
  4: 'freeze',
  5: 'freeze',
  6: 'role_grant',
  8: 'pause',
  9: 'pause',
  10: 'frozen_amount',
  11: 'transfer',
  12: 'transfer',
  17: 'screening',
  18: 'trusted_issuer',
  19: 'claim_topic',
  21: 'instrument_compliance',
  22: 'upgrade',
  23: 'country_change',
}

const applied = Object.entries(histories).map(
  ([
    kind,
    table,
  ]) => Prisma.sql`when ${Number(kind)}::int then exists (select 1 from ${Prisma.raw(`"${table}"`)} h
    where h.chain_id = e.chain_id and h.block_number = e.block_number and h.order_id = e.order_id)`,
)

/** How these orders ended on chain, as far as the indexer has read. */
export async function listOrderOutcomes(
  tx: Tx,
  chainId: number,
  orderIds: readonly Hex[],
): Promise<OrderOutcomeRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select e.order_id, e.outcome, e.block_number, e.time, e.tx_hash, e.approver, e.approver_person, e.reason,
      case e.kind ${Prisma.join(applied, ' ')} else true
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
