import 'server-only'
import type { PartyRecord, TransferRecord } from '@/lib/db/transfer'
import { verdictOf } from '@/lib/format/verdict'

/** A transfer in a short list beside a firm or a customer. Amounts are units as decimal strings. */
export type RecentRow = {
  key: string
  time: string
  from: RecentParty
  to: RecentParty
  amount: string
  decimals: number
  symbol: string
  block: string
  txHash: string
  outcome: { status: 'compliant' | 'pending' | 'breach' | 'closed'; word: string }
}

export type RecentParty = Omit<PartyRecord, 'identity'> & { identity: string | null }

/** @param finalBlock the last block that is final */
export const recentRows = (records: readonly TransferRecord[], finalBlock: bigint): RecentRow[] =>
  records.map((record) => ({
    key: `${record.blockNumber}-${record.txIndex}-${record.logIndex}`,
    time: record.time.toISOString(),
    from: record.from,
    to: record.to,
    amount: record.amount.toString(),
    decimals: record.decimals,
    symbol: record.symbol,
    block: record.blockNumber.toString(),
    txHash: record.txHash,
    outcome: outcomeOf(record, finalBlock),
  }))

function outcomeOf(record: TransferRecord, finalBlock: bigint): RecentRow['outcome'] {
  if (record.refusal) {
    const verdict = verdictOf(record.refusal.code, record.refusal.reason)
    return { status: verdict.isLimit ? 'breach' : 'closed', word: `Refused: ${verdict.short}` }
  }
  return record.blockNumber <= finalBlock
    ? { status: 'compliant', word: 'Settled' }
    : { status: 'pending', word: 'In block, not final' }
}
