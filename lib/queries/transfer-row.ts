import 'server-only'
import type { Tx } from '@/lib/db/client'
import { listTransfers, type PartyRecord, type TransferRecord } from '@/lib/db/transfer'
import type { TransferFilter } from '@/lib/db/transfer-filter'

/** One side of a transfer as screens show it. */
export type Party = {
  /** Lower case. */
  address: string
  /** Undefined: nobody's account, or a firm that is not in the directory. */
  firm?: { id: number; name: string }
  /** Undefined where the reader may not know the customer. */
  customer?: { identity: string; reference: string }
}

/** One line of the timeline. Numbers of blocks and amounts are decimal strings, times ISO 8601. */
export type TransferRow = {
  kind: 'settled' | 'refused'
  /** Settled ones only: false while a reorg could still take it back. */
  isFinal: boolean
  block: string
  /** Log index of a settled one, transaction index of a refused one: with kind and block, its identity. */
  index: number
  txHash: string
  time: string
  instrument: { address: string; symbol: string; decimals: number }
  amount: string
  from: Party
  to: Party
  /** Settled ones only: an authority's act where it is 'forced' or 'recovery'. */
  cause: TransferRecord['cause']
  /** Refused ones only: IVerdict code, and the indexer's words where there is none. */
  code: number | null
  reason: string
}

export const rowOf = (record: TransferRecord, finalBlock: bigint): TransferRow => ({
  kind: record.kind,
  isFinal: record.blockNumber <= finalBlock,
  block: record.blockNumber.toString(),
  index: record.kind === 'settled' ? record.logIndex : record.txIndex,
  txHash: record.txHash,
  time: record.time.toISOString(),
  instrument: { address: record.instrument, symbol: record.symbol, decimals: record.decimals },
  amount: record.amount.toString(),
  from: partyOf(record.from),
  to: partyOf(record.to),
  cause: record.cause,
  code: record.refusal?.code ?? null,
  reason: record.refusal?.reason ?? '',
})

/** The last of somebody's transfers and the last that were refused, as a detail page shows them. */
export async function recentTransfers(
  tx: Tx,
  filter: TransferFilter,
): Promise<{ transfers: TransferRow[]; refusals: TransferRow[] }> {
  const transfers = await listTransfers(tx, filter, { direction: 'older', take: 8 })
  const refused = { ...filter, outcome: 'refused' } as const
  const refusals = await listTransfers(tx, refused, { direction: 'older', take: 5 })
  const row = (record: TransferRecord) => rowOf(record, filter.finalBlock)
  return { transfers: transfers.map(row), refusals: refusals.map(row) }
}

const partyOf = ({ address, firmId, firmName, identity, reference }: PartyRecord): Party => ({
  address,
  ...(firmId !== null && firmName !== null ? { firm: { id: firmId, name: firmName } } : {}),
  ...(identity !== null && reference !== null ? { customer: { identity, reference } } : {}),
})
