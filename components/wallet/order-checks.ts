import { createPublicClient, custom, keccak256 } from 'viem'
import { effectCall } from '@/lib/chain/order-effect'
import { type CallToTry, type Trial, tryCall } from '@/lib/chain/order-reverts'
import type { SigningPage } from '@/lib/queries/signing'
import { request } from './rpc'
import { UnreadableError } from './second-decoder'
import { type Reading, secondReading } from './second-reading'

/** What this browser found out by itself about the order that the server wants signed. */

type Hex = `0x${string}`
type ToCheck = Pick<SigningPage, 'claims' | 'payload' | 'effect' | 'ordersCodeHash'>

export type ReadingResult = { ok: true; reading: Reading } | { ok: false; why: string }

/** The second decoder's answer. Anything unreadable is a refusal, whatever the page says. */
export function readAgain({ claims, payload }: ToCheck): ReadingResult {
  if (!payload) return { ok: false, why: 'There is nothing to sign.' }
  try {
    return { ok: true, reading: secondReading(claims, payload) }
  } catch (error) {
    const why = error instanceof UnreadableError ? error.message : 'The bytes are not an order at all.'
    return { ok: false, why }
  }
}

export type ChainChecks = {
  /** Hash of the code that the contract has now. */
  codeHash: string
  codeKnown: boolean
  trial: Trial | undefined
}

/** Asks the chain, by our route, as at its newest block. @throws if it does not answer. */
export async function checkOnChain(toCheck: ToCheck, account: string | undefined): Promise<ChainChecks> {
  const client = createPublicClient({ transport: custom({ request }), cacheTime: 0 })
  const { claims, ordersCodeHash } = toCheck
  const code = await client.getCode({ address: claims.contract as Hex })
  const codeHash = keccak256(code ?? '0x')
  const call = callToTry(toCheck, account)
  return {
    codeHash,
    codeKnown: codeHash === ordersCodeHash.toLowerCase(),
    trial: call && (await tryCall(client, call)),
  }
}

/** A transaction is tried as it is; what is only signed now is tried as what the contract would do with it. */
function callToTry({ claims, payload, effect }: ToCheck, account: string | undefined): CallToTry | undefined {
  if (!payload) return undefined
  if ('typedData' in payload) {
    const order = { kind: effect.kind, arguments: effect.arguments as Hex }
    return effectCall(claims.contract as Hex, claims.target as Hex, order, claims.id as Hex)
  }
  return account ? { from: account as Hex, to: payload.to as Hex, data: payload.data as Hex } : undefined
}
