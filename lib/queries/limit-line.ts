import 'server-only'
import {
  type Closeness,
  closeness,
  leavesAt,
  noLimit,
  remaining,
  type Scope,
  shareOf,
  type Window,
} from '@/lib/compliance/limits'

/** One limit and its use, as screens show it. Amounts are reference units as decimal strings. */
export type LimitLine = {
  scope: Scope
  subject: string
  window: Window
  /** Null: none is set. */
  limit: string | null
  used: string
  headroom: string
  /** Basis points of the limit. */
  share: number
  closeness: Closeness
  /** When headroom next grows by itself, ISO 8601; null where nothing counts or the window does not roll. */
  resets: string | null
  /** The tier whose limit this is; null for one's own. */
  tier: number | null
}

type Facts = {
  scope: Scope
  subject: string
  window: Window
  limit: bigint
  used: bigint
  /** The oldest counted hour. */
  oldest: bigint | null
  tier?: number | null
}

export function limitLine({ scope, subject, window, limit, used, oldest, tier = null }: Facts): LimitLine {
  const rolls = window === 'day' || window === 'month'
  return {
    scope,
    subject,
    window,
    limit: limit === noLimit ? null : limit.toString(),
    used: used.toString(),
    headroom: remaining(limit, used).toString(),
    share: shareOf(used, limit),
    closeness: closeness(used, limit),
    resets: rolls && oldest !== null && used > 0n ? isoOf(leavesAt(window, oldest)) : null,
    tier,
  }
}

export const isoOf = (seconds: bigint): string => new Date(Number(seconds) * 1_000).toISOString()

/** Block time in UNIX seconds, which is what the policy reckons with. */
export const secondsOf = (asOf: { time: string }): bigint => BigInt(Math.floor(Date.parse(asOf.time) / 1_000))
