import { type Address, BaseError, decodeErrorResult, type Hex, type PublicClient } from 'viem'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { limitPolicyAbi } from './generated/limit-policy'
import { ordersAbi } from './generated/orders'
import { rolesAbi } from './generated/roles'
import { kindLabel, roleBits, untilLifted } from './order-kinds'

/** Why the contracts would not carry an order out, in words. Used by the server and by the signing page. */

const abi = [...ordersAbi, ...identityRegistryAbi, ...limitPolicyAbi, ...rolesAbi, ...instrumentAbi].filter(
  (item) => item.type === 'error',
)

const roleNames: Record<string, string> = Object.fromEntries(roleBits.map((name, bit) => [2 ** bit, name]))
const closedAs = ['is open', 'was executed before', 'was cancelled by its proposer', 'was rejected'] as const

/** Codes of IVerdict that meet a forced transfer or a recovery; the sender's standing never does. */
const movementWords: Record<number, string> = {
  1: 'the account holds less than the amount',
  4: 'the account of the recipient is frozen',
  13: 'the recipient is not registered',
  14: 'the KYC of the recipient is not verified',
  15: 'the KYC of the recipient has expired',
  18: 'screening flagged the recipient',
  19: 'the recipient lacks a claim that everybody needs',
}

type Words = (args: readonly unknown[]) => string
const words: Record<string, Words> = {
  OrderClosed: ([, state]) => `The order ${closedAs[Number(state)] ?? 'is closed'}.`,
  OrderExpired: ([, deadline]) => `The deadline of the order, ${date(deadline)}, has passed.`,
  SamePerson: () => 'The person who approves is the person who proposed. Two different people have to agree.',
  NotProposer: ([, caller]) => `The wallet ${caller} is not the proposer of this order.`,
  MissingRole: ([account, role]) =>
    `The wallet ${account} does not hold the role of ${roleNames[String(role)] ?? `number ${role}`} on chain.`,
  BadSignature: ([, proposer]) => `The signature is not that of the proposer ${proposer}.`,
  BadSignatureLength: ([, length]) => `The signature has ${length} bytes; a wallet's has 65.`,
  MalleableSignature: () =>
    'The signature is the twin of a valid one, which anybody can compute. It is not taken.',
  BadSignatures: ([kind, signatures]) =>
    `Orders of this kind (${kindLabel(Number(kind))}) cannot be put under ${signatures} signatures.`,
  BadMeasure: ([reviewBy, expiresAt]) =>
    `A measure is reviewed before it ends, and both lie ahead: review by ${date(reviewBy)}, end ${date(expiresAt)}.`,
  EmergencyTooLong: ([, latest]) =>
    `With one signature the measure ends by ${date(latest)} at the latest. Longer needs a second person.`,
  ClearingNeedsTwo: () => 'One person may flag a customer. To take the flag away needs a second person.',
  MeasureShortened: ([, standing]) =>
    `The same measure stands already, ${until(standing)}. To shorten it, it has to be lifted, by two people.`,
  TargetMismatch: ([, target, named]) => `The order is for the instrument ${target} and names ${named}.`,
  BadArguments: () => 'The arguments of the order have the wrong length.',
  UnknownKind: () => 'The contract knows no order of this kind.',
  UnknownTarget: ([, target]) => `The order names the contract ${target}, which is not the one in force.`,
  UnknownIdentity: ([identity]) => `The registry does not know the identity ${identity}.`,
  InvalidStatus: () => 'This KYC status cannot be decided.',
  ExpiryPassed: ([expiry]) => `The verification would already have lapsed on ${date(expiry)}.`,
  LastAdministrator: () => 'This is the last administrator. Somebody must always hold that role.',
  AnothersWallet: () =>
    'The wallet stands for another person. A person who takes over needs a wallet of their own.',
  TooFewPersons: ([account]) =>
    `Without the wallet ${account} only one person could govern. It takes two, so nobody could ever change that again.`,
  UnknownRoles: ([roles]) => `The number ${roles} stands for roles that nobody knows.`,
  ZeroPerson: ([account]) => `The wallet ${account} stands for no person.`,
  NothingToDelegate: ([principal]) =>
    `The wallet ${principal} holds neither the officer's nor the approver's role of its own, so it has nothing to lend.`,
  SelfDelegation: () => 'Both wallets stand for the same person. Nobody deputises for oneself.',
  BadDelegation: ([startsAt, end]) =>
    `The delegation would end, ${date(end)}, before it begins, ${date(startsAt)}, or has ended already.`,
  DelegationTooLong: ([, , most]) => `A delegation lasts ${Number(most) / 86_400} days at most.`,
  TransferRefused: ([, , , code]) =>
    `The ledger would refuse the movement: ${movementWords[Number(code)] ?? `code ${code}`}.`,
  AccountRetired: ([account]) => `The account ${account} was recovered and is retired for good.`,
  NotOfIdentity: ([account, , expected]) => `The account ${account} is not of the identity ${expected}.`,
  SameAccount: () => 'Both accounts are the same.',
  CountryUnchanged: () => 'The customer is of this country already.',
  UnknownCountry: ([country]) => `The number ${country} is no country's.`,
  NotContract: ([issuer]) => `There is no contract at ${issuer}, so nobody would answer for its claims.`,
  TopicWithoutIssuer: ([topic]) =>
    `Nobody is trusted for topic ${topic}: if everybody needed it, nobody could move anything. Trust an issuer first.`,
  TooManyIssuers: ([limit]) => `The registry trusts ${limit} issuers at most.`,
  TooManyTopics: ([limit]) => `There are ${limit} topics at most.`,
  ComplianceNotBound: ([compliance]) =>
    `The contract ${compliance} does not name this instrument as its own, so it cannot rule it.`,
  NothingScheduled: () => 'No upgrade is scheduled.',
  NotAnImplementation: ([code]) => `At ${code} there is no code that an instrument can run on.`,
  OtherWiring: ([code]) => `The code at ${code} was built for another role table or registry.`,
  ReleaseNotGrown: ([release, current]) =>
    `The code is of release ${release}; in force is ${current}, and only a later one can follow.`,
  UntilPassed: ([until]) => `The end, ${date(until)}, has passed.`,
  ZeroAddress: () => 'The zero address is nobody’s.',
  NotOrders: () => 'The contract obeys another Orders contract than this one.',
  NotInstrument: ([instrument]) => `There is no contract at ${instrument}, so there is nothing to rate.`,
  InvalidScope: () => 'This kind of limit does not exist for this scope.',
  InvalidSubject: () => 'The subject of the limit does not fit its scope.',
  LimitTooLarge: ([limit]) => `The limit ${limit} is larger than the policy can count.`,
}

function date(seconds: unknown): string {
  const time = new Date(Number(seconds) * 1000)
  // Beyond what a calendar can say: an end that was meant as none.
  if (Number.isNaN(time.getTime())) return 'never'
  return time.toISOString().replace('.000Z', ' UTC').replace('T', ' ')
}

const until = (seconds: unknown) =>
  seconds === untilLifted ? 'until it is lifted' : `until ${date(seconds)}`

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
