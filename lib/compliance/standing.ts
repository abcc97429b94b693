import type { Lapse } from './codes'
import type { Standing } from './facts'

/** IIdentityRegistry.Status. */
export const statuses = { none: 0, pending: 1, verified: 2, suspended: 3, revoked: 4 } as const

/** Whether a verification counts at a moment. The expiry is exclusive: at it the standing has lapsed. */
export function lapseOfDecision(
  { status, expiry }: { status: number; expiry: bigint },
  now: bigint,
): 'notVerified' | 'expired' | undefined {
  if (status !== statuses.verified) return 'notVerified'
  return now >= expiry ? 'expired' : undefined
}

/** Why somebody may neither send nor receive now; undefined: they may. Undefined for an account of nobody's. */
export function lapseOf(standing: Standing | undefined, now: bigint): Lapse | undefined {
  if (!standing) return 'unknown'
  const lapsed = lapseOfDecision(standing, now)
  if (lapsed) return lapsed
  if (standing.flagged) return 'flagged'
  return standing.claimed ? undefined : 'claim'
}
