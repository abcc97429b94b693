import type { MeasureKind } from '@/lib/compliance/measures'
import type { MeasureProposalPage } from '@/lib/queries/measure-proposal'

/** The fields of each kind, in the order in which they are asked; names are those of prepareMeasureSchema. */

export type FieldName =
  | 'account'
  | 'instrument'
  | 'confirmed'
  | 'ends'
  | 'expiresAt'
  | 'reviewBy'
  | 'amount'
  | 'to'
  | 'replacement'
  | 'flagged'
  | 'country'
  | 'listed'
  | 'bound'

export const fieldsOf: Record<MeasureKind, readonly FieldName[]> = {
  freeze: ['account', 'instrument', 'confirmed', 'ends', 'expiresAt', 'reviewBy'],
  unfreeze: ['account', 'instrument'],
  'freeze-amount': ['account', 'instrument', 'amount'],
  'forced-transfer': ['account', 'instrument', 'to', 'amount'],
  recover: ['account', 'replacement', 'instrument'],
  screening: ['flagged'],
  pause: ['confirmed', 'ends', 'expiresAt', 'reviewBy'],
  unpause: [],
  'country-rule': ['country', 'listed'],
  'supply-cap': ['bound', 'amount'],
  'holder-cap': ['bound', 'amount'],
}

const HOUR = 3_600_000

/** Seconds are cut: an end is a minute. */
const minuteAt = (time: number) => new Date(time).toISOString().slice(0, 16)

/** Nothing is chosen for the officer but what the URL says, and ends that one person may set. */
export function firstAnswers(page: MeasureProposalPage): Record<string, string> {
  const { kind, account, instrument, customer, asOf } = page
  const now = new Date(asOf.time).getTime()
  const values: Record<FieldName, string> = {
    account,
    instrument,
    confirmed: 'alone',
    ends: 'at',
    expiresAt: minuteAt(now + 48 * HOUR),
    reviewBy: minuteAt(now + 24 * HOUR),
    amount: '',
    to: '',
    replacement: '',
    flagged: customer?.flagged ? 'no' : 'yes',
    country: '',
    listed: 'yes',
    bound: 'amount',
  }
  return {
    kind,
    ...(customer ? {} : { instrument }),
    ...(kind === 'screening' && customer ? { identity: customer.identity } : {}),
    ...Object.fromEntries(fieldsOf[kind].map((name) => [name, values[name]])),
    reason: '',
    reasonText: '',
    legalText: '',
  }
}
