import { describe, expect, test } from 'vitest'
import {
  amountWithin,
  type Bucket,
  closeness,
  firstHour,
  type Line,
  leavesAt,
  limitInForce,
  noLimit,
  type RollingWindow,
  remaining,
  resetsAt,
  shareOf,
  tightest,
  usedIn,
  valueAt,
} from './limits'

/** A small seeded generator (mulberry32): a failure repeats with its seed. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Sent = { at: bigint; value: bigint }
const seconds: Record<RollingWindow, bigint> = { day: 86_400n, month: 30n * 86_400n }

/** The busiest interval there is: every one that matters begins at a transfer. Both ends inclusive. */
const busiest = (sent: Sent[], length: bigint): bigint =>
  sent
    .map(({ at }) => sent.filter((other) => other.at >= at && other.at <= at + length))
    .map((inside) => inside.reduce((total, { value }) => total + value, 0n))
    .toSorted((a, b) => (a < b ? 1 : -1))[0] ?? 0n

function bucketsOf(sent: Sent[]): Bucket[] {
  const hours = new Map<bigint, bigint>()
  for (const { at, value } of sent) hours.set(at / 3_600n, (hours.get(at / 3_600n) ?? 0n) + value)
  return [...hours].map(([hour, value]) => ({ hour, value }))
}

describe.each(['day', 'month'] as const)('a %s', (window) => {
  test('of transfers within headroom never passes the limit in any interval, however it is placed', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const pick = random(seed)
      const limit = BigInt(50 + pick(500))
      const sent: Sent[] = []
      let now = BigInt(1_700_000_000 + pick(10_000_000))
      for (let step = 0; step < 120; step++) {
        now += BigInt(pick(window === 'day' ? 9_000 : 250_000))
        const left = remaining(limit, usedIn(window, bucketsOf(sent), now))
        const wanted = BigInt(pick(Number(limit)))
        const value = wanted < left ? wanted : left
        if (value > 0n) sent.push({ at: now, value })
      }
      expect(sent.length, `seed ${seed}`).toBeGreaterThan(5)
      expect(busiest(sent, seconds[window]) <= limit, `seed ${seed}`).toBe(true)
    }
  })

  test('counts no hour longer than one step after the interval', () => {
    const step = window === 'day' ? 3_600n : 86_400n
    for (let seed = 1; seed <= 200; seed++) {
      const at = BigInt(1_700_000_000 + random(seed)(10_000_000))
      const counts = (now: bigint) => usedIn(window, [{ hour: at / 3_600n, value: 7n }], now) === 7n
      expect(counts(at)).toBe(true)
      expect(counts(at + seconds[window])).toBe(true)
      expect(counts(at + seconds[window] + step)).toBe(false)
    }
  })

  test('gives headroom back at resetsAt and not a second before', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const pick = random(seed)
      const now = BigInt(1_700_000_000 + pick(10_000_000))
      const buckets = Array.from({ length: 1 + pick(8) }, () => ({
        hour: now / 3_600n - BigInt(pick(window === 'day' ? 25 : 700)),
        value: BigInt(pick(3)),
      }))
      const used = usedIn(window, buckets, now)
      const at = resetsAt(window, buckets, now)
      if (at === undefined) {
        expect(used).toBe(0n)
        continue
      }
      expect(at).toBeGreaterThan(now)
      expect(usedIn(window, buckets, at - 1n)).toBe(used)
      expect(usedIn(window, buckets, at) < used).toBe(true)
    }
  })
})

test('a day is 25 hours of buckets, a month 31 days; neither begins before time does', () => {
  expect(firstHour('day', 100n * 3_600n + 1n)).toBe(76n)
  expect(firstHour('month', 40n * 86_400n + 5n)).toBe(240n)
  expect(firstHour('day', 10n)).toBe(0n)
  expect(leavesAt('day', 76n)).toBe(101n * 3_600n)
  expect(leavesAt('month', 263n)).toBe(41n * 86_400n)
})

test('a limit lowered under what is used leaves nothing', () => {
  expect(remaining(10n, 25n)).toBe(0n)
  expect(remaining(25n, 25n)).toBe(0n)
  expect(remaining(25n, 24n)).toBe(1n)
  expect(remaining(noLimit, 1n)).toBe(2n ** 56n - 2n)
})

test('value rounds up, amount rounds down, and the two agree at every edge', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const pick = random(seed)
    const rate = { numerator: BigInt(1 + pick(1_000)), denominator: BigInt(1 + pick(1_000)) }
    const value = BigInt(pick(5_000))
    const amount = amountWithin(value, rate)!
    expect(valueAt(amount, rate) <= value, `seed ${seed}`).toBe(true)
    expect(valueAt(amount + 1n, rate) > value, `seed ${seed}`).toBe(true)
  }
  expect(valueAt(1n, { numerator: 1n, denominator: 10n ** 16n })).toBe(1n)
  expect(amountWithin(5n, { numerator: 0n, denominator: 1n })).toBeUndefined()
})

test("an identity's own limit wins over its tier's", () => {
  expect(limitInForce(0n, 10n)).toBe(0n)
  expect(limitInForce(noLimit, 10n)).toBe(noLimit)
  expect(limitInForce(undefined, 10n)).toBe(10n)
  expect(limitInForce(undefined, undefined)).toBe(0n)
})

test('the tightest limit is the one with least left, and of equals the one the contract asks first', () => {
  const line = (scope: Line['scope'], window: Line['window'], limit: bigint, used = 0n): Line => ({
    scope,
    subject: scope,
    window,
    limit,
    used,
  })
  const month = line('tier', 'month', 100n, 60n)
  const firm = line('firm', 'day', 90n, 50n)
  expect(tightest([firm, month, line('identity', 'day', noLimit, 5n)])).toBe(month)
  expect(tightest([month, line('firm', 'transfer', 39n)])).toMatchObject({
    scope: 'firm',
    window: 'transfer',
  })
  expect(tightest([line('identity', 'day', noLimit)])).toBeUndefined()
})

test.each([
  [0n, 100n, 0, 'within'],
  [79n, 100n, 7_900, 'within'],
  [80n, 100n, 8_000, 'close'],
  [95n, 100n, 9_500, 'at-line'],
  [9_999n, 10_000n, 9_999, 'at-line'],
  [100n, 100n, 10_000, 'full'],
  [5_000n, 100n, 100_000, 'full'],
  [0n, 0n, 10_000, 'full'],
  [5n, noLimit, 0, 'unlimited'],
] as const)('%s of %s is %s basis points: %s', (used, limit, share, state) => {
  expect(shareOf(used, limit)).toBe(share)
  expect(closeness(used, limit)).toBe(state)
})
