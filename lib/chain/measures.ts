import type { Address, PublicClient } from 'viem'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import type { OrderCore } from './limits'
import { encodeArguments, kindNumber, type OrderAction } from './orders'

/** What stands on chain before a measure is taken, and the action of an order that takes it. */

export const coreOf = (target: Address, action: OrderAction): OrderCore => ({
  kind: kindNumber(action.kind),
  target,
  arguments: encodeArguments(action),
})

/** `until` in UNIX seconds, exclusive; 0 if not frozen at the newest block. Amounts in the smallest unit. */
export async function readHolding(client: PublicClient, instrument: Address, account: Address, now: bigint) {
  const ask = (functionName: 'frozenUntil' | 'getFrozenTokens' | 'balanceOf') =>
    client.readContract({ address: instrument, abi: instrumentAbi, functionName, args: [account] })
  const [until, frozen, balance, replacement] = await Promise.all([
    ask('frozenUntil'),
    ask('getFrozenTokens'),
    ask('balanceOf'),
    client.readContract({
      address: instrument,
      abi: instrumentAbi,
      functionName: 'replacementOf',
      args: [account],
    }),
  ])
  return { until: until > now ? until : 0n, frozen, balance, isRetired: BigInt(replacement) !== 0n }
}

/** UNIX seconds, exclusive; 0 if it is not paused at the newest block. */
export async function readPausedUntil(client: PublicClient, instrument: Address, now: bigint) {
  const until = await client.readContract({
    address: instrument,
    abi: instrumentAbi,
    functionName: 'pausedUntil',
  })
  return until > now ? until : 0n
}

export async function readFlagged(client: PublicClient, registry: Address, identity: Address) {
  const standing = await client.readContract({
    address: registry,
    abi: identityRegistryAbi,
    functionName: 'standingOf',
    args: [identity],
  })
  return standing.flagged
}
