import 'server-only'

/** KYC as it stands at a moment: the registry's status with its expiry looked at. */
export type Standing = 'verified' | 'expiring' | 'expired' | 'pending' | 'suspended' | 'revoked'

/** Within how many days an expiry is worth a warning. */
export const expiringDays = 30
const DAY = 86_400_000

/** `status` is IIdentityRegistry.Status; `expiry` is exclusive: at it the standing has lapsed. */
export function standingOf(status: number, expiry: Date | null, now: Date): Standing {
  if (status === 3) return 'suspended'
  if (status === 4) return 'revoked'
  if (status !== 2) return 'pending'
  if (expiry === null || expiry <= now) return 'expired'
  return expiry.getTime() - now.getTime() <= expiringDays * DAY ? 'expiring' : 'verified'
}

/** Whole days until the expiry, rounded down; negative once it has passed. */
export const daysUntil = (expiry: Date, now: Date): number =>
  Math.floor((expiry.getTime() - now.getTime()) / DAY)
