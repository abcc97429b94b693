import type { OrderMove, Permit } from './order'

/** How the index of a chain does, for whoever would decide something by what it shows. No clock: `now` is given. */
export type IndexState = Readonly<{
  /** Why the worker writes nothing; null while it does. */
  haltReason: string | null
  /** When the index last moved. */
  movedAt: Date
  /** When the worker last said how the nodes do; null: nobody watches this index. */
  watchedAt: Date | null
}>

/** Longer than any block takes, and than the page of a chain that stalls (docs/operations.md). */
const stillMs = 60_000

/**
 * In one sentence, why no order is prepared or signed now; undefined if it may be. While the index is halted, contested
 * or behind, nobody knows the ledger that an order would meet.
 */
export function whyNothingIsSigned(state: IndexState | undefined, now: Date): string | undefined {
  if (!state) return undefined
  const { haltReason, movedAt, watchedAt } = state
  if (haltReason?.startsWith('nodes-disagree')) {
    return 'Nodes disagree about the chain: nothing is prepared or signed until they agree again.'
  }
  if (haltReason !== null) {
    return 'The index has halted: nothing is prepared or signed until it goes on.'
  }
  if (!watchedAt || now.getTime() - movedAt.getTime() < stillMs) return undefined
  return now.getTime() - watchedAt.getTime() < stillMs
    ? 'No block has come for over a minute: nothing is prepared or signed until the chain goes on.'
    : 'The index has not moved for over a minute: nothing is prepared or signed until its worker is back.'
}

/** Signing and sending need a ledger that moves; to withdraw is a matter of our own records. */
export function permitAt(move: OrderMove, permit: Permit, why: string | undefined): Permit {
  if (why === undefined || move === 'withdraw' || !permit.allowed) return permit
  return { allowed: false, code: 'standstill', why }
}
