import { setTimeout as pause } from 'node:timers/promises'

/**
 * A token bucket that makes its callers wait: `perSecond` calls on average, at most a second's worth at once. More
 * than that in one go passes and is paid for by whoever comes next.
 */
export function createPace(perSecond: number | undefined, now: () => number = Date.now) {
  if (!perSecond) return async () => {}
  let emptyUntil = 0
  return async (calls: number): Promise<void> => {
    const at = now()
    const wait = Math.max(0, emptyUntil - at)
    emptyUntil = Math.max(emptyUntil, at - 1000) + (calls * 1000) / perSecond
    if (wait > 0) await pause(wait)
  }
}
