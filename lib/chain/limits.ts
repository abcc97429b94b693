import type { Address, Hex, PublicClient } from 'viem'
import type { Deployment } from './deployment'
import { limitPolicyAbi } from './generated/limit-policy'
import { type ChainOrder, encodeArguments, kindNumber, type OrderAction, subjectWord } from './orders'

/** Limits on chain: what holds now, and the action of an order that changes one. Amounts in reference units. */

/** scope and window as ILimitPolicy has them; subject an identity in lower case, or a tier or firm in decimals. */
export type LimitKey = { scope: number; subject: string; window: number }

export const limitSubject = ({ scope, subject }: LimitKey): Hex =>
  subjectWord(scope === 0 ? (subject as Address) : Number(subject))

/** `limit` is 2^256 − 1 for "no limit"; `isSet` false where the scope states none. */
export async function readLimit(client: PublicClient, deployment: Deployment, key: LimitKey) {
  const [limit, isSet] = await client.readContract({
    address: deployment.policy,
    abi: limitPolicyAbi,
    functionName: 'limitOf',
    args: [key.scope, limitSubject(key), key.window],
  })
  return { limit, isSet }
}

/** What the window that ends now has counted; what is held, for the balance. Not for tiers. */
export const readUsed = (client: PublicClient, deployment: Deployment, key: LimitKey): Promise<bigint> =>
  client.readContract({
    address: deployment.policy,
    abi: limitPolicyAbi,
    functionName: 'usedOf',
    args: [key.scope, limitSubject(key), key.window],
  })

/** The largest limit besides "no limit" that the policy takes: 2^56 − 1. */
export const largestLimit = 2n ** 56n - 1n

/** What of an order comes from its action: kind, target and arguments. */
export function setLimit(deployment: Deployment, key: LimitKey, limit: bigint): OrderCore {
  const action: OrderAction = {
    kind: 'SetLimit',
    scope: key.scope,
    subject: limitSubject(key),
    window: key.window,
    limit,
  }
  return { kind: kindNumber('SetLimit'), target: deployment.policy, arguments: encodeArguments(action) }
}

export type OrderCore = Pick<ChainOrder, 'kind' | 'target' | 'arguments'>
