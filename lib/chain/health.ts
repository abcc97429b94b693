import type { Hex } from 'viem'
import type { Fault } from '../errors/fault'

/**
 * `live`: asked. `stale`: its head is below what is indexed, so it is asked for older blocks only. `limited`: has had
 * enough calls and said how long to wait. `resting`: failed, and is not asked for a while. `bad`: said what is not so,
 * and is not asked for longer. `dissents`: has another block where others have ours. `new`: not asked yet.
 */
export type UpstreamState = 'new' | 'live' | 'stale' | 'limited' | 'resting' | 'bad' | 'dissents'

type Head = { number: bigint; hash: Hex }
export type Health = ReturnType<typeof createHealth>

const restMs = { resting: { first: 250, longest: 30_000 }, bad: { first: 5_000, longest: 300_000 } }
const defaultLimitMs = 1_000
/** How much the last call counts in the averages. */
const weight = 0.2

/** What is known of one node, and whether it may be asked now. Knows no network. Times are in milliseconds. */
export function createHealth(random: () => number = Math.random) {
  let latency: number | null = null
  let errorShare = 0
  let strikes = 0
  let until = 0
  let why: 'resting' | 'bad' | 'limited' | null = null
  let fault: { reason: string; at: number } | null = null

  const blame = (error: Fault, now: number) => {
    errorShare += (1 - errorShare) * weight
    fault = { reason: error.reason, at: now }
  }
  /** Twice as long each time, give or take a half, so that not all who wait come back at once. */
  const rest = (kind: 'resting' | 'bad', now: number) => {
    const { first, longest } = restMs[kind]
    why = kind
    until = Math.max(until, now + Math.min(longest, first * 2 ** Math.min(strikes++, 20)) * (0.5 + random()))
  }

  return {
    head: null as Head | null,
    /** Its chain and genesis were looked at since the connection was last new. */
    isChecked: false,
    /** Its head was last seen below the cursor, agreeing with it. */
    isStale: false,
    /** A block of its own where others have ours, verified like ours. */
    dissent: null as { block: bigint; hash: Hex } | null,
    /** Calls under way. */
    busy: 0,
    get latency() {
      return latency === null ? null : Math.round(latency)
    },
    get errorShare() {
      return errorShare
    },
    get fault() {
      return fault
    },
    answered(ms: number) {
      latency = latency === null ? ms : latency + (ms - latency) * weight
      errorShare -= errorShare * weight
    },
    /** It answers again. One that lied is not trusted again for that. */
    worked() {
      if (why !== 'bad') this.stood()
    },
    /** What it said held. */
    stood() {
      strikes = 0
      why = null
      until = 0
    },
    /** It refused this call, which says little about the next. */
    erred: blame,
    failed(error: Fault, now: number) {
      blame(error, now)
      this.isChecked = false
      rest('resting', now)
    },
    limited(error: Fault, now: number) {
      blame(error, now)
      why = 'limited'
      until = Math.max(until, now + Number(error.values.retryAfterMs ?? defaultLimitMs))
    },
    lied(error: Fault, now: number) {
      blame(error, now)
      this.isChecked = false
      this.dissent = null
      rest('bad', now)
    },
    state(now: number): UpstreamState {
      if (why !== null && (until > now || why === 'bad')) return why
      if (this.dissent) return 'dissents'
      if (latency === null) return 'new'
      return this.isStale ? 'stale' : 'live'
    },
    /** Milliseconds until it may be asked; 0: now. */
    wait: (now: number) => Math.max(0, until - now),
    isLimited: () => why === 'limited',
    /** The lower the better. */
    score() {
      return (1 + this.busy) * (1 + (latency ?? 0)) * (1 + 10 * errorShare)
    },
  }
}
