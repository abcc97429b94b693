import { limitPolicyAbi } from '../../chain/generated/limit-policy'
import { deleteLimitChangesAfter, insertLimitChanges } from '../../db/ledger/limit'
import type { Collector } from '../collector'
import type { Known } from '../draft'
import { addressIn, decodeEvent, firmIn, topicOf } from '../events'

const limitSet = topicOf(limitPolicyAbi, 'LimitSet')
/** ILimitPolicy.Scope */
export const scopes = { identity: 0, tier: 1, firm: 2 } as const

export const limits: Collector = {
  events: ({ policy }) => [[policy, limitSet]],
  want: (log, wanted) => {
    const identity = addressIn(log.topics[2] ?? '')
    if (identity) wanted.identities.add(identity)
  },
  collect: (log, { known, rows }) => {
    const event = decodeEvent(limitPolicyAbi, 'LimitSet', log)
    const { scope, window, limitBefore: before, limit: after, orderId } = event
    const subject = subjectOf(scope, event.subject)
    if (scope === scopes.firm) firmIn(log, Number(subject))
    const { blockNumber, logIndex, time } = log
    rows.limitChanges.push({
      ...{ blockNumber, logIndex, time, scope, subject, window, before, after, orderId },
      firmId: firmOfSubject(scope, subject, known),
    })
  },
  write: (sql, chainId, rows) => insertLimitChanges(sql, chainId, rows.limitChanges),
  discardAfter: (sql, chainId, last) => deleteLimitChangesAfter(sql, chainId, last.number),
}

/** An identity's address in lower case, else the number of a tier or firm as decimal text. */
export const subjectOf = (scope: number, word: string): string =>
  scope === scopes.identity ? (addressIn(word) ?? word) : String(BigInt(word))

/** null: a tier, an identity that nobody registered, or a number that no firm of ours can have. */
export function firmOfSubject(scope: number, subject: string, known: Known): number | null {
  if (scope === scopes.identity) return known.identities.get(subject as `0x${string}`) ?? null
  return scope === scopes.firm && BigInt(subject) < 2n ** 31n ? Number(subject) : null
}
