/**
 * The arithmetic of LimitPolicy, in bigint and without a clock: what counts now, what is left, when it comes back.
 * Values are reference units (0.01 of the reference currency); times are UNIX seconds of the block they are as at.
 * Must agree with contracts/src/LimitPolicy.sol to the unit: a screen that says "100 left" is a promise.
 */

export const scopes = { identity: 0, tier: 1, firm: 2 } as const
export const windows = { transfer: 0, day: 1, month: 2, balance: 3 } as const

export type Scope = keyof typeof scopes
export type Window = keyof typeof windows
export const scopeName = (value: number): Scope => nameIn(scopes, value)
export const windowName = (value: number): Window => nameIn(windows, value)

function nameIn<Name extends string>(names: Record<Name, number>, value: number): Name {
  const found = (Object.keys(names) as Name[]).find((name) => names[name] === value)
  if (!found) throw new Error(`The policy knows no ${value}`)
  return found
}

/** The windows that add up over time. */
export type RollingWindow = 'day' | 'month'

/** What the contract stores for "no limit". */
export const noLimit = 2n ** 256n - 1n

/** The most that a window can hold, so the most that "no limit" can mean for a flow: 2^56 − 1. */
export const ceiling = 2n ** 56n - 1n

const HOUR = 3_600n
const DAY = 86_400n

/** What counted in one hour of block time; `hour` is UNIX time / 3600. */
export type Bucket = { hour: bigint; value: bigint }

/**
 * The first hour, inclusive, that still counts at `now`. A day is the current hour and the 24 before it, a month the
 * current day and the 30 before it: one step more than the name says, so that no interval of 24 h (30 d), wherever
 * it begins, can hold more than the limit.
 */
export function firstHour(window: RollingWindow, now: bigint): bigint {
  const first = window === 'day' ? now / HOUR - 24n : (now / DAY - 30n) * 24n
  return first > 0n ? first : 0n
}

/** The hours to read at `now` to know both windows; all inclusive. */
export const countedHours = (now: bigint) => ({
  firstOfDay: firstHour('day', now),
  firstOfMonth: firstHour('month', now),
  last: now / HOUR,
})

/** Sum of the hours that count at `now`; hours after `now` do not. */
export function usedIn(window: RollingWindow, buckets: readonly Bucket[], now: bigint): bigint {
  const first = firstHour(window, now)
  const last = now / HOUR
  return buckets.reduce((sum, { hour, value }) => (hour >= first && hour <= last ? sum + value : sum), 0n)
}

/** What may still be sent: max(0, limit − used). A limit lowered under what is used leaves nothing, not less. */
export function remaining(limit: bigint, used: bigint): bigint {
  const bound = limit < ceiling ? limit : ceiling
  return bound > used ? bound - used : 0n
}

/** When the hour (month: the day) of a bucket stops counting, in UNIX seconds, inclusive. */
export const leavesAt = (window: RollingWindow, hour: bigint): bigint =>
  window === 'day' ? (hour + 25n) * HOUR : (hour / 24n + 31n) * DAY

/** When headroom next grows by itself: the oldest counted hour leaves. Undefined if nothing counts. */
export function resetsAt(window: RollingWindow, buckets: readonly Bucket[], now: bigint): bigint | undefined {
  const first = firstHour(window, now)
  let oldest: bigint | undefined
  for (const { hour, value } of buckets) {
    if (value === 0n || hour < first || hour > now / HOUR) continue
    if (oldest === undefined || hour < oldest) oldest = hour
  }
  return oldest === undefined ? undefined : leavesAt(window, oldest)
}

/** Reference units for one unit of an instrument, as a fraction. */
export type Rate = { numerator: bigint; denominator: bigint }

/** Value of an amount, rounded up: against the sender, so that many small transfers cannot slip under a limit. */
export const valueAt = (amount: bigint, rate: Rate): bigint =>
  (amount * rate.numerator + rate.denominator - 1n) / rate.denominator

/** The largest amount whose value is at most `value`, rounded down. Undefined: the rate is zero, any amount is. */
export const amountWithin = (value: bigint, rate: Rate): bigint | undefined =>
  rate.numerator === 0n ? undefined : (value * rate.denominator) / rate.numerator

/**
 * An identity's own limit wins over its tier's, also when it is higher or says "no limit". Where neither states one,
 * nothing may be sent or held: the policy fails closed. (A firm without a stated limit has none: `noLimit`.)
 */
export const limitInForce = (own: bigint | undefined, tier: bigint | undefined): bigint => own ?? tier ?? 0n

/** One limit that a transfer meets. `used` is zero for the window "transfer". */
export type Line = { scope: Scope; subject: string; window: Window; limit: bigint; used: bigint }

/** The order in which the contract asks; the first of equals is the one it names. */
const asked: readonly string[] = [
  'identity transfer',
  'identity day',
  'identity month',
  'firm transfer',
  'firm day',
  'firm month',
  'identity balance',
]

const place = (line: Line): number =>
  asked.indexOf(`${line.scope === 'tier' ? 'identity' : line.scope} ${line.window}`)

/** The line that leaves least, "no limit" counted as the most that a window can hold; of equals the one asked first. */
export function leastRoom(lines: readonly Line[]): Line | undefined {
  return lines.toSorted((a, b) => {
    const left = remaining(a.limit, a.used)
    const right = remaining(b.limit, b.used)
    return left < right ? -1 : left > right ? 1 : place(a) - place(b)
  })[0]
}

/** The limit that leaves least, if any limit is set at all. */
export const tightest = (lines: readonly Line[]): Line | undefined =>
  leastRoom(lines.filter((line) => line.limit !== noLimit))

/** Used share of a limit in basis points, rounded down, and never more than 100,000 (ten times the limit). */
export function shareOf(used: bigint, limit: bigint): number {
  if (limit === noLimit) return 0
  if (limit === 0n) return used === 0n ? 10_000 : 100_000
  const share = (used * 10_000n) / limit
  return share > 100_000n ? 100_000 : Number(share)
}

/** How close to the line: 'close' from 80 %, 'at-line' from 95 %, 'full' from 100 %. */
export type Closeness = 'unlimited' | 'within' | 'close' | 'at-line' | 'full'

export function closeness(used: bigint, limit: bigint): Closeness {
  if (limit === noLimit) return 'unlimited'
  const share = shareOf(used, limit)
  if (share >= 10_000) return 'full'
  if (share >= 9_500) return 'at-line'
  return share >= 8_000 ? 'close' : 'within'
}
