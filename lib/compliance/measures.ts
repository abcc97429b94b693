/**
 * What an authority does to accounts, customers, instruments and to the suite itself: which kinds there are, and how long
 * one person's measures last.
 */

export const customerKinds = [
  'freeze',
  'unfreeze',
  'freeze-amount',
  'forced-transfer',
  'recover',
  'screening',
  'country',
] as const
export const instrumentKinds = [
  'pause',
  'unpause',
  'country-rule',
  'supply-cap',
  'holder-cap',
  'preapproval',
  'rate',
  'compliance',
  'upgrade',
] as const
/** Whose claims count, and who may do what. */
export const suiteKinds = ['trusted-issuer', 'claim-topic', 'roles', 'deputy', 'signatures'] as const

export type CustomerKind = (typeof customerKinds)[number]
export type InstrumentKind = (typeof instrumentKinds)[number]
export type SuiteKind = (typeof suiteKinds)[number]
export type MeasureKind = CustomerKind | InstrumentKind | SuiteKind

export const isCustomerKind = (kind: string): kind is CustomerKind =>
  (customerKinds as readonly string[]).includes(kind)
export const isInstrumentKind = (kind: string): kind is InstrumentKind =>
  (instrumentKinds as readonly string[]).includes(kind)
export const isSuiteKind = (kind: string): kind is SuiteKind =>
  (suiteKinds as readonly string[]).includes(kind)

/** How long a measure of one officer may last, in seconds; Dispatch.EMERGENCY. */
export const emergency = 72n * 3_600n

export type MeasureTerms = { reviewBy: bigint; expiresAt: bigint }

/**
 * What Dispatch refuses of a freeze or a pause, by the name of its error: a measure ends after it is reviewed, both lie
 * ahead, one person's ends within `emergency`, and none ends before the one that stands (`standing`, 0 if none does).
 */
export function measureRefusal(
  { reviewBy, expiresAt }: MeasureTerms,
  { now, alone, standing }: { now: bigint; alone: boolean; standing: bigint },
): 'BadMeasure' | 'EmergencyTooLong' | 'MeasureShortened' | undefined {
  if (expiresAt <= now || reviewBy < now || reviewBy > expiresAt) return 'BadMeasure'
  if (alone && expiresAt > now + emergency) return 'EmergencyTooLong'
  return standing > expiresAt ? 'MeasureShortened' : undefined
}

/** How long a deputy may act without another order, in seconds; Roles.MAX_DELEGATION. */
export const longestDelegation = 30n * 86_400n

/** How long a scheduled upgrade waits at least, in days; Upgrades.DELAY. */
export const upgradeDelayDays = 2

/** A minute of UTC as a field of date and time sends it, in UNIX seconds; undefined if there is no such minute. */
export function minuteOf(text: string): bigint | undefined {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined
  const time = new Date(`${text}Z`)
  // 31 February becomes 3 March in a Date; whoever typed it did not mean that.
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text.slice(0, 16))) return undefined
  return BigInt(time.getTime()) / 1000n
}
