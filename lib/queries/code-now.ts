import type { UpgradeRecord } from '@/lib/db/upgrade'

export type CodeNow = {
  inForce: UpgradeRecord | undefined
  /** Waits: an administrator can put it in force from its `notBefore` on. */
  scheduled: UpgradeRecord | undefined
  /** The implementation that may come back, and until when, exclusive. */
  wayBack: { implementation: string; until: Date } | undefined
}

/** How the code stands at a time, from what happened to it, newest first. */
export function codeNow(steps: readonly UpgradeRecord[], now: Date): CodeNow {
  const inForce = steps.find(({ act }) => act === 'founded' || act === 'activated' || act === 'rolled-back')
  const last = steps.find(({ act }) => act !== 'founded')
  const until = inForce?.act === 'activated' ? inForce.rollbackUntil : null
  return {
    inForce,
    scheduled: last?.act === 'scheduled' ? last : undefined,
    wayBack: inForce?.before && until && until > now ? { implementation: inForce.before, until } : undefined,
  }
}
