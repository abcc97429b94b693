/** Tries within these windows count; a try counts when it is made, and is struck off if it succeeds. */
export const usernameWindowMs = 24 * 3_600_000
export const clientWindowMs = 10 * 60_000

const freeTries = 5
const firstWaitMs = 30_000
const longestWaitMs = 3_600_000
const clientTries = 30

/**
 * When a username may be tried again: after the fifth try a wait of 30 s, doubling with each further one up to an
 * hour. It looks at tries alone and never at whether such a person exists, so the answer tells nothing of that.
 * @param tries times of the tries within `usernameWindowMs`, oldest first
 */
export function openAgainAt(tries: readonly Date[]): Date | null {
  const last = tries.at(-1)
  if (!last || tries.length < freeTries) return null
  const wait = Math.min(firstWaitMs * 2 ** (tries.length - freeTries), longestWaitMs)
  return new Date(last.getTime() + wait)
}

export const isClientThrottled = (triesInWindow: number): boolean => triesInWindow >= clientTries
