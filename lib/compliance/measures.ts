/** What an authority does to accounts, customers and instruments: which kinds there are, and how long one person's last. */

export const customerKinds = [
  'freeze',
  'unfreeze',
  'freeze-amount',
  'forced-transfer',
  'recover',
  'screening',
] as const
export const instrumentKinds = ['pause', 'unpause', 'country-rule', 'supply-cap', 'holder-cap'] as const

export type CustomerKind = (typeof customerKinds)[number]
export type InstrumentKind = (typeof instrumentKinds)[number]
export type MeasureKind = CustomerKind | InstrumentKind

export const isCustomerKind = (kind: string): kind is CustomerKind =>
  (customerKinds as readonly string[]).includes(kind)
export const isInstrumentKind = (kind: string): kind is InstrumentKind =>
  (instrumentKinds as readonly string[]).includes(kind)

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

/** A minute of UTC as a field of date and time sends it, in UNIX seconds; undefined if there is no such minute. */
export function minuteOf(text: string): bigint | undefined {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined
  const time = new Date(`${text}Z`)
  // 31 February becomes 3 March in a Date; whoever typed it did not mean that.
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text.slice(0, 16))) return undefined
  return BigInt(time.getTime()) / 1000n
}
