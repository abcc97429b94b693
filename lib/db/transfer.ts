import type { Address, Hex } from 'viem'
import type { Tx } from './client'
import { Prisma } from './generated/client'
import { branchesOf } from './transfer-branches'
import type { TransferFilter, TransferPage, TransferPlace } from './transfer-filter'

/** One side of a transfer. Customers are known to the authority and to their own firm alone. */
export type PartyRecord = {
  address: Address
  firmId: number | null
  firmName: string | null
  identity: Address | null
  reference: string | null
}

export type TransferRecord = TransferPlace & {
  kind: 'settled' | 'refused'
  txHash: Hex
  time: Date
  instrument: Address
  symbol: string
  decimals: number
  amount: bigint
  from: PartyRecord
  to: PartyRecord
  /** Of a settled one: an authority's act where it is 'forced' or 'recovery', and then by which order. */
  cause: 'transfer' | 'mint' | 'burn' | 'forced' | 'recovery' | null
  orderId: Hex | null
  /** How much of the amount had been frozen. */
  frozenMoved: bigint
  /** Of a refused transfer only. */
  refusal: RefusalRecord | null
}

export type RefusalRecord = {
  /** IVerdict code; null where the node would not say. */
  code: number | null
  module: Address | null
  /** Largest amount, in units of the instrument, that the check would have let pass. */
  headroom: bigint | null
  subject: string | null
  reason: string
  sender: Address
}

/** Settled and refused in one timeline, newest first, whichever way the page was reached. */
export async function listTransfers(
  tx: Tx,
  filter: TransferFilter,
  page: TransferPage,
): Promise<TransferRecord[]> {
  const branches = branchesOf(filter, page)
  const order = page.direction === 'older' ? Prisma.sql`desc` : Prisma.sql`asc`
  const rows = await tx.$queryRaw<Row[]>`
    select t.kind, t.block_number, t.tx_index, t.log_index, t.tx_hash, t.time, t.instrument, i.symbol, i.decimals,
      t.amount::text, t."from", t."to", t.from_firm, t.to_firm, t.from_identity, coalesce(t.to_identity, r.identity) as to_identity,
      t.sender, t.code, t.module, t.headroom::text, t.subject, t.reason,
      t.cause, t.order_id, t.frozen_moved::text,
      ff.name as from_name, tf.name as to_name, fc.reference as from_reference,
      coalesce(tc.reference, rc.reference) as to_reference
    from (
      select * from (${Prisma.join(branches, ' union all ')}) branch
      order by block_number ${order}, tx_index ${order}, log_index ${order} limit ${page.take}
    ) t
    left join instrument i on i.chain_id = ${filter.chainId} and i.address = t.instrument
    left join firm_directory ff on ff.chain_id = ${filter.chainId} and ff.id = t.from_firm
    left join firm_directory tf on tf.chain_id = ${filter.chainId} and tf.id = t.to_firm
    left join customer fc on fc.chain_id = ${filter.chainId} and fc.identity = t.from_identity
    left join customer tc on tc.chain_id = ${filter.chainId} and tc.identity = t.to_identity
    left join account r on t.kind = 'refused' and r.chain_id = ${filter.chainId} and r.address = t."to"
    left join customer rc on rc.chain_id = ${filter.chainId} and rc.identity = r.identity
    order by t.block_number desc, t.tx_index desc, t.log_index desc`
  return rows.map(toRecord)
}

/** Counts no further than `most`. */
export async function countTransfers(tx: Tx, filter: TransferFilter, most: number): Promise<number> {
  const branches = branchesOf(filter, { direction: 'older', take: most })
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count
    from (select 1 from (${Prisma.join(branches, ' union all ')}) branch limit ${most}) counted`
  return rows[0]?.count ?? 0
}

/** What the planner expects, for totals too large to count on every page view: close where filters are independent. */
export async function estimateTransfers(tx: Tx, filter: TransferFilter): Promise<number> {
  const branches = branchesOf(filter, { direction: 'older', take: null })
  const rows = await tx.$queryRaw<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }[]>`
    explain (format json) ${Prisma.join(branches, ' union all ')}`
  return rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0
}

/** One settled transfer by block and log index, or one refused by block and transaction index. */
export async function findTransfer(
  tx: Tx,
  filter: Pick<TransferFilter, 'chainId' | 'ownFirm'>,
  exact: NonNullable<TransferFilter['exact']>,
): Promise<TransferRecord | undefined> {
  const rows = await listTransfers(tx, { ...filter, exact, finalBlock: 0n }, { direction: 'older', take: 1 })
  return rows[0]
}

type Row = {
  kind: 'settled' | 'refused'
  block_number: bigint
  tx_index: number
  log_index: number
  tx_hash: string
  time: Date
  instrument: string
  symbol: string | null
  decimals: number | null
  amount: string
  from: string
  to: string
  from_firm: number | null
  to_firm: number | null
  from_name: string | null
  to_name: string | null
  from_identity: string | null
  to_identity: string | null
  from_reference: string | null
  to_reference: string | null
  sender: string | null
  code: number | null
  module: string | null
  headroom: string | null
  subject: string | null
  reason: string | null
  cause: TransferRecord['cause']
  order_id: string | null
  frozen_moved: string
}

const toRecord = (row: Row): TransferRecord => ({
  kind: row.kind,
  blockNumber: row.block_number,
  txIndex: row.tx_index,
  logIndex: row.log_index,
  txHash: row.tx_hash as Hex,
  time: row.time,
  instrument: row.instrument as Address,
  // An instrument that is not in our list any more: exact units, named by its address.
  symbol: row.symbol ?? row.instrument,
  decimals: row.decimals ?? 0,
  amount: BigInt(row.amount),
  from: {
    address: row.from as Address,
    firmId: row.from_firm,
    firmName: row.from_name,
    identity: row.from_identity as Address | null,
    reference: row.from_reference,
  },
  to: {
    address: row.to as Address,
    firmId: row.to_firm,
    firmName: row.to_name,
    identity: row.to_identity as Address | null,
    reference: row.to_reference,
  },
  cause: row.cause,
  orderId: row.order_id as Hex | null,
  frozenMoved: BigInt(row.frozen_moved),
  refusal:
    row.kind === 'settled'
      ? null
      : {
          code: row.code,
          module: row.module as Address | null,
          headroom: row.headroom === null ? null : BigInt(row.headroom),
          subject: row.subject,
          reason: row.reason ?? '',
          sender: row.sender as Address,
        },
})
