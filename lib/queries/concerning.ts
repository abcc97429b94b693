import 'server-only'
import type { ConcerningOrderRecord } from '@/lib/db/order-concerning'
import { wordsOf } from './order-words'

/** An order in a short list beside what it concerns. */
export type ConcerningRow = {
  reference: string
  title: string
  /** When it was prepared, ISO 8601. */
  at: string
  state: { status: 'compliant' | 'pending' | 'closed'; word: string }
}

/** @param now block time */
export const concerningRows = (records: readonly ConcerningOrderRecord[], now: Date): ConcerningRow[] =>
  records.map((record) => ({
    reference: record.reference,
    title: wordsOf(record).title,
    at: record.createdAt.toISOString(),
    state: stateOf(record, now),
  }))

function stateOf(
  { outcome, withdrawnAt, deadline }: ConcerningOrderRecord,
  now: Date,
): ConcerningRow['state'] {
  if (outcome === 'executed') return { status: 'compliant', word: 'Effective' }
  if (outcome === 'rejected') return { status: 'closed', word: 'Rejected' }
  if (outcome === 'cancelled') return { status: 'closed', word: 'Cancelled' }
  if (withdrawnAt) return { status: 'closed', word: 'Withdrawn' }
  return now > deadline ? { status: 'closed', word: 'Expired' } : { status: 'pending', word: 'Open' }
}
