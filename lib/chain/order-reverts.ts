import { type Address, BaseError, decodeErrorResult, type Hex, type PublicClient } from 'viem'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { limitPolicyAbi } from './generated/limit-policy'
import { ordersAbi } from './generated/orders'
import { rolesAbi } from './generated/roles'

/** Why the contracts would not carry an order out, in words. Used by the server and by the signing page. */

const abi = [...ordersAbi, ...identityRegistryAbi, ...limitPolicyAbi, ...rolesAbi, ...instrumentAbi].filter(
  (item) => item.type === 'error',
)

const roleNames: Record<string, string> = { 1: 'administrator', 2: 'officer', 4: 'approver' }
const closedAs = ['is open', 'was executed before', 'was cancelled by its proposer', 'was rejected'] as const

type Words = (args: readonly unknown[]) => string
const words: Record<string, Words> = {
  OrderClosed: ([, state]) => `The order ${closedAs[Number(state)] ?? 'is closed'}.`,
  OrderExpired: ([, deadline]) => `The deadline of the order, ${date(deadline)}, has passed.`,
  SamePerson: () => 'The person who approves is the person who proposed. Two different people have to agree.',
  NotProposer: ([, caller]) => `The wallet ${caller} is not the proposer of this order.`,
  MissingRole: ([account, role]) =>
    `The wallet ${account} does not hold the role of ${roleNames[String(role)] ?? `number ${role}`} on chain.`,
  BadSignature: ([, proposer]) => `The signature is not that of the proposer ${proposer}.`,
  BadArguments: () => 'The arguments of the order have the wrong length.',
  UnknownKind: () => 'The contract knows no order of this kind.',
  UnknownTarget: ([, target]) => `The order names the contract ${target}, which is not the one in force.`,
  UnknownIdentity: ([identity]) => `The registry does not know the identity ${identity}.`,
  InvalidStatus: () => 'This KYC status cannot be decided.',
  ExpiryPassed: ([expiry]) => `The verification would already have lapsed on ${date(expiry)}.`,
  InvalidScope: () => 'This kind of limit does not exist for this scope.',
  InvalidSubject: () => 'The subject of the limit does not fit its scope.',
  LimitTooLarge: ([limit]) => `The limit ${limit} is larger than the policy can count.`,
}

const date = (seconds: unknown) =>
  new Date(Number(seconds) * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ')

/** Revert data in words; says so where it is not one of ours. */
export function revertWords(data: Hex | undefined): string {
  if (!data || data === '0x') return 'The contract refused without giving a reason.'
  try {
    const { errorName, args } = decodeErrorResult({ abi, data })
    const spoken = words[errorName]?.((args ?? []) as readonly unknown[])
    return spoken ?? `The contract refused: ${errorName}(${((args ?? []) as readonly unknown[]).join(', ')}).`
  } catch {
    return `The contract refused with data that we do not know: ${data.slice(0, 10)}.`
  }
}

export type CallToTry = { from: Address; to: Address; data: Hex }
export type Trial = { passes: true; block: bigint } | { passes: false; block: bigint; why: string }

/**
 * What the call would do on top of one block, named so that the answer can be dated.
 * @throws if the node could not be asked: that is no verdict.
 */
export async function tryCall(client: PublicClient, call: CallToTry, blockNumber?: bigint): Promise<Trial> {
  const block = blockNumber ?? (await client.getBlockNumber({ cacheTime: 0 }))
  try {
    await client.call({ account: call.from, to: call.to, data: call.data, blockNumber: block })
    return { passes: true, block }
  } catch (error) {
    const data = revertDataOf(error)
    if (data === undefined) throw error
    return { passes: false, block, why: revertWords(data) }
  }
}

/** The bytes of a revert; '0x' for one without; undefined where the error is not a revert. */
function revertDataOf(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined
  const raw = error.walk((each) => hasHex(each))
  if (raw && hasHex(raw)) return raw.data
  const reverted = error.walk((each) => each instanceof Error && each.name === 'ExecutionRevertedError')
  return reverted ? '0x' : undefined
}

const hasHex = (error: unknown): error is { data: Hex } =>
  typeof error === 'object' &&
  error !== null &&
  'data' in error &&
  typeof error.data === 'string' &&
  /^0x([0-9a-f]{2})*$/i.test(error.data)
