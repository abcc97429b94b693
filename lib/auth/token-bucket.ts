/**
 * So many at once, then so many a second. Kept in this process's memory: with n web processes a person has n times as
 * much, which is good enough against a runaway script, and costs no database row a call.
 */
export class TokenBucket {
  readonly #levels = new Map<string, { tokens: number; at: number }>()

  constructor(
    readonly capacity: number,
    readonly perSecond: number,
  ) {}

  /** @returns seconds to wait, 0 if `count` tokens were taken. Refused, nothing is taken. */
  take(key: string, count: number, now: number): number {
    const level = this.#levels.get(key) ?? { tokens: this.capacity, at: now }
    const tokens = Math.min(this.capacity, level.tokens + ((now - level.at) / 1000) * this.perSecond)
    if (tokens < count) return Math.ceil((count - tokens) / this.perSecond)
    if (this.#levels.size > 10_000) this.#levels.clear()
    this.#levels.set(key, { tokens: tokens - count, at: now })
    return 0
  }
}
