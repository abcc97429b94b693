import 'server-only'
import { lapseOfDecision, statuses } from '@/lib/compliance/standing'

/** KYC as it stands at a moment: the registry's status with its expiry looked at. */
export type Standing = 'verified' | 'expiring' | 'expired' | 'pending' | 'suspended' | 'revoked'

/** Within how many days an expiry is worth a warning. */
export const expiringDays = 30
const DAY = 86_400_000

/** `status` is IIdentityRegistry.Status; `expiry` is exclusive: at it the standing has lapsed. */
export function standingOf(status: number, expiry: Date | null, now: Date): Standing {
  if (status === statuses.suspended) return 'suspended'
  if (status === statuses.revoked) return 'revoked'
  const until = expiry?.getTime() ?? 0
  // Both in milliseconds: the rule only compares them.
  const lapse = lapseOfDecision({ status, expiry: BigInt(until) }, BigInt(now.getTime()))
  if (lapse) return lapse === 'expired' ? 'expired' : 'pending'
  return until - now.getTime() <= expiringDays * DAY ? 'expiring' : 'verified'
}

/** Whole days until the expiry, rounded down; negative once it has passed. */
export const daysUntil = (expiry: Date, now: Date): number =>
  Math.floor((expiry.getTime() - now.getTime()) / DAY)
