import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { kindNumber } from '@/lib/chain/orders'
import type { Tx } from '@/lib/db/client'
import type { MeasureRecord, MeasureState } from '@/lib/db/measure'
import { listOrderPeople } from '@/lib/db/order-people'
import { env } from '@/lib/env'

/** A freeze or a pause as lists show it. Times are ISO 8601. */
export type MeasureRow = {
  /** The order's id, which is the measure's too. */
  key: string
  kind: 'freeze' | 'pause'
  state: MeasureState
  instrument: { address: string; symbol: string }
  /** The account; null for a pause. */
  account: string | null
  /** Null where the reader may not know, or nobody is behind the account. */
  customer: { identity: string; name: string } | null
  firm: { id: number; name: string } | null
  since: string
  reviewBy: string
  /** Exclusive; null: until lifted. */
  until: string | null
  /** When it was lifted or replaced. */
  endedAt: string | null
  /** How many persons signed it. */
  persons: 1 | 2
  order: { reference: string | null; reason: string | null; proposer: string | null; approver: string | null }
  legalText: string | null
}

export async function measureRows(
  tx: Tx,
  officer: Officer,
  records: readonly MeasureRecord[],
): Promise<MeasureRow[]> {
  const { chainId } = env()
  const ids = records.map(({ orderId }) => orderId)
  const people = await listOrderPeople(tx, chainId, ids, officer.side === 'authority')
  return records.map((record) => {
    const who = people.find(({ orderId }) => orderId === record.orderId)
    return {
      ...rowOf(record),
      persons: who?.persons ?? 1,
      order: {
        reference: record.reference,
        reason: record.reason,
        proposer: who?.proposer ?? null,
        approver: who?.approver ?? null,
      },
    }
  })
}

const rowOf = (record: MeasureRecord) => ({
  key: record.orderId,
  kind: record.kind === kindNumber('Pause') ? ('pause' as const) : ('freeze' as const),
  state: record.state,
  instrument: { address: record.instrument, symbol: record.symbol ?? record.instrument },
  account: record.kind === kindNumber('Pause') ? null : record.subject,
  customer:
    record.identity === null ? null : { identity: record.identity, name: record.customer ?? record.identity },
  firm:
    record.firmId === null ? null : { id: record.firmId, name: record.firmName ?? `Firm ${record.firmId}` },
  since: record.time.toISOString(),
  reviewBy: record.reviewBy.toISOString(),
  until: record.expiresAt?.toISOString() ?? null,
  endedAt: record.endedAt?.toISOString() ?? null,
  legalText: record.legalText,
})
