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
  13: 'country_rule',
  14: 'module_cap',
  15: 'module_cap',
  16: 'preapproval',
  17: 'screening',
  18: 'trusted_issuer',
  19: 'claim_topic',
  20: 'delegation',
  21: 'instrument_compliance',
  22: 'upgrade',
  23: 'country_change',
}

/** How these orders ended on chain, as far as the indexer has read. */
export async function listOrderOutcomes(
  tx: Tx,
  chainId: number,
  orderIds: readonly Hex[],
): Promise<OrderOutcomeRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select order_id, kind, outcome, block_number, time, tx_hash, approver, approver_person, reason
    from order_outcome
    where chain_id = ${chainId} and order_id = any(${[...orderIds]}::text[])`
  const applied = await findApplied(tx, chainId, rows)
  return rows.map((row) => ({
    orderId: row.order_id as Hex,
    outcome: row.outcome as OrderOutcomeRecord['outcome'],
    blockNumber: row.block_number,
    time: row.time,
    txHash: row.tx_hash as Hex,
    approver: row.approver as Address | null,
    approverPerson: row.approver_person as Hex | null,
    reason: row.reason as Hex | null,
    applied: histories[row.kind] === undefined || applied.has(row.order_id),
  }))
}

/** Only the histories of kinds that are there: a firm may not even ask those of the authority's own orders. */
async function findApplied(tx: Tx, chainId: number, rows: readonly Row[]): Promise<Set<string>> {
  const tables = new Set(rows.flatMap(({ kind }) => histories[kind] ?? []))
  if (tables.size === 0) return new Set()
  const blocks = rows.map((row) => row.block_number)
  const ids = rows.map((row) => row.order_id)
  const found = await tx.$queryRaw<{ order_id: string }[]>(
    Prisma.join(
      [...tables].map(
        (table) => Prisma.sql`select order_id from ${Prisma.raw(`"${table}"`)}
          where chain_id = ${chainId} and block_number = any(${blocks}::bigint[])
            and order_id = any(${ids}::text[])`,
      ),
      ' union ',
    ),
  )
  return new Set(found.map((row) => row.order_id))
}

type Row = {
  order_id: string
  kind: number
  outcome: string
  block_number: bigint
  time: Date
  tx_hash: string
  approver: string | null
  approver_person: string | null
  reason: string | null
}
