import type { Answers } from '@/components/orders/use-proposal'
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
  | 'from'
  | 'stands'
  | 'numerator'
  | 'denominator'
  | 'compliance'
  | 'step'
  | 'implementation'
  | 'issuer'
  | 'topic'
  | 'trusted'
  | 'required'
  | 'wallet'
  | 'person'
  | 'roles'
  | 'principal'
  | 'delegate'
  | 'acts'
  | 'startsAt'
  | 'until'
  | 'ofKind'
  | 'signatures'

export type FieldProps = {
  name: FieldName
  page: MeasureProposalPage
  answers: Answers
  error?: string | undefined
}

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
  country: ['country'],
  preapproval: ['from', 'to', 'amount', 'stands', 'expiresAt'],
  rate: ['numerator', 'denominator'],
  compliance: ['compliance'],
  upgrade: ['step', 'implementation'],
  'trusted-issuer': ['issuer', 'topic', 'trusted'],
  'claim-topic': ['topic', 'required'],
  roles: ['wallet', 'person', 'roles'],
  deputy: ['principal', 'delegate', 'acts', 'startsAt', 'until'],
  signatures: ['ofKind', 'signatures'],
}

/** Each is a box of its own: what is not ticked, a form does not send. */
export const roleNames = ['administrator', 'officer', 'approver', 'registrar', 'issuer', 'anchor'] as const
const boxes = Object.fromEntries(roleNames.map((name) => [name, '']))

const HOUR = 3_600_000

/** Seconds are cut: an end is a minute. */
const minuteAt = (time: number) => new Date(time).toISOString().slice(0, 16)

/** Nothing is chosen for the officer but what the URL says, and ends that one person may set. */
export function firstAnswers(page: MeasureProposalPage): Record<string, string> {
  const { kind, account, instrument, customer, subject, asOf } = page
  const now = new Date(asOf.time).getTime()
  const values: Partial<Record<FieldName, string>> = {
    account,
    instrument,
    confirmed: 'alone',
    ends: 'at',
    expiresAt: minuteAt(now + 48 * HOUR),
    reviewBy: minuteAt(now + 24 * HOUR),
    flagged: customer?.flagged ? 'no' : 'yes',
    listed: 'yes',
    bound: 'amount',
    stands: 'until',
    step: 'new',
    trusted: 'yes',
    required: 'yes',
    acts: 'between',
    startsAt: minuteAt(now),
    until: minuteAt(now + 14 * 24 * HOUR),
    signatures: '2',
  }
  return {
    kind,
    ...(subject ? { instrument } : {}),
    ...((kind === 'screening' || kind === 'country') && customer ? { identity: customer.identity } : {}),
    ...Object.fromEntries(
      fieldsOf[kind].flatMap((name) => (name === 'roles' ? [] : [[name, values[name] ?? '']])),
    ),
    ...(kind === 'roles' ? boxes : {}),
    ...page.first,
    reason: '',
    reasonText: '',
    legalText: '',
  }
}
