import {
  type Abi,
  type Address,
  encodeAbiParameters,
  encodeErrorResult,
  encodeEventTopics,
  encodeFunctionData,
  type Hex,
  maxUint256,
  numberToHex,
  pad,
  zeroAddress,
  zeroHash,
} from 'viem'
import { anchorAbi } from '../lib/chain/generated/anchor'
import { identityRegistryAbi } from '../lib/chain/generated/identity-registry'
import { instrumentAbi } from '../lib/chain/generated/instrument'
import { limitPolicyAbi } from '../lib/chain/generated/limit-policy'
import { ordersAbi } from '../lib/chain/generated/orders'
import { rolesAbi } from '../lib/chain/generated/roles'
import { encodeArguments, kindNumber, type OrderAction } from '../lib/chain/orders'
import type { Random } from './random'

/** The contracts of a ledger; each an Emitter, which emits what it is told. No script speaks as `spare`. */
export const parts = ['registry', 'policy', 'roles', 'orders', 'anchor', 'ours', 'foreign', 'spare'] as const
export type Part = (typeof parts)[number]
export type Entry = { topics: Hex[]; data: Hex }
/** One transaction: a part emits, or an instrument is asked for what it refuses. */
export type Act = { part: Part; entries: Entry[] } | { part: 'ours'; refused: Hex }

/** What the script remembers, so that what it says next is consistent. Copied at every block: a reorganisation forgets. */
type Story = {
  firms: number
  identities: { address: Address; firm: number }[]
  accounts: { address: Address; identity: number }[]
  balances: Map<string, bigint>
  limits: Map<string, bigint>
  serial: number
}

export const refusal = encodeErrorResult({
  abi: instrumentAbi,
  errorName: 'TransferRefused',
  args: [
    zeroAddress,
    zeroAddress,
    1n,
    22,
    '0x00000000000000000000000000000000000000f1',
    500n,
    pad('0x7', { size: 32 }),
  ],
})

const start = (): Story => ({
  firms: 0,
  identities: [],
  accounts: [],
  balances: new Map(),
  limits: new Map(),
  serial: 0,
})

const copy = (story: Story): Story => ({
  ...story,
  identities: [...story.identities],
  accounts: [...story.accounts],
  balances: new Map(story.balances),
  limits: new Map(story.limits),
})

/**
 * Writes histories of a ledger: every event the indexer knows, in any order that a chain could have them. The same
 * random numbers give the same history.
 */
export function createScript(random: Random) {
  const stories: Story[] = [start()]
  /** The acts of the next block. */
  function nextBlock(most = 6): Act[] {
    const story = copy(stories.at(-1)!)
    stories.push(story)
    return Array.from({ length: random.below(most + 1) }, () => act(story, random))
  }
  /** The last blocks never were. */
  const forget = (blocks: number) => void stories.splice(stories.length - blocks)
  return { nextBlock, forget }
}

function act(story: Story, random: Random): Act {
  if (story.firms < 2) return firm(story)
  if (story.accounts.length < 4 || random.chance(0.08)) return person(story, random)
  const roll = random.below(100)
  if (roll < 55) return movements(story, random)
  if (roll < 63) return { part: 'ours', refused: attempt(story, random) }
  if (roll < 70) return decision(story, random)
  if (roll < 76) return limit(story, random)
  if (roll < 80) return freeze(story, random)
  if (roll < 84) return order(story, random)
  if (roll < 87) return grant(story, random)
  if (roll < 90) return anchor(story)
  if (roll < 93) return rate(story, random)
  if (roll < 96) return noise(story)
  return firm(story)
}

/** A log as a contract with this interface emits it. */
export const say = (abi: Abi, eventName: string, args: Record<string, unknown>): Entry => {
  const event = abi.find((item) => item.type === 'event' && item.name === eventName)
  const inputs = event?.type === 'event' ? event.inputs.filter((input) => !input.indexed) : []
  return {
    topics: encodeEventTopics({ abi, eventName, args }) as Hex[],
    data: encodeAbiParameters(
      inputs,
      inputs.map((input) => args[input.name!]),
    ),
  }
}

const word = (story: Story): Hex => numberToHex(++story.serial, { size: 32 })
const addressOf = (prefix: string, number: number): Address =>
  pad(`0x${prefix}${number.toString(16).padStart(6, '0')}`, { size: 20 })
const holder = (story: Story, random: Random): Address =>
  random.chance(0.1) ? addressOf('ee', random.below(3)) : random.pick(story.accounts).address

function firm(story: Story): Act {
  const number = ++story.firms
  const args = { firm: number, lei: asciiLei(number), name: `Firm "${number}" \\ {a,b} 🏦\0` }
  return { part: 'registry', entries: [say(identityRegistryAbi, 'FirmRegistered', args)] }
}

const asciiLei = (number: number): Hex => `0x${Buffer.from(String(number).padStart(20, '0')).toString('hex')}`

function person(story: Story, random: Random): Act {
  const number = story.accounts.length
  const fresh = story.identities.length === 0 || random.chance(0.7)
  const entries: Entry[] = []
  if (fresh) {
    const identity = { address: addressOf('1d', number), firm: 1 + random.below(story.firms) }
    story.identities.push(identity)
    entries.push(
      say(identityRegistryAbi, 'IdentityCreated', {
        identity: identity.address,
        firm: identity.firm,
        country: 276,
      }),
    )
  }
  const index = fresh ? story.identities.length - 1 : random.below(story.identities.length)
  const identity = story.identities[index]!
  // Some hold before they are known: those of the prefix ee become accounts too.
  const known = new Set(story.accounts.map(({ address }) => address))
  const stranger = addressOf('ee', random.below(3))
  const address = !known.has(stranger) && random.chance(0.3) ? stranger : addressOf('ac', number)
  story.accounts.push({ address, identity: index })
  entries.push(
    say(identityRegistryAbi, 'AccountLinked', {
      account: address,
      identity: identity.address,
      firm: identity.firm,
    }),
  )
  return { part: 'registry', entries }
}

function movements(story: Story, random: Random): Act {
  if (random.chance(0.25)) return flowsOf(story, random)
  const part = random.chance(0.7) ? 'ours' : 'foreign'
  return { part, entries: Array.from({ length: 1 + random.below(4) }, () => movement(story, random, part)) }
}

function movement(story: Story, random: Random, part: Part): Entry {
  const key = (account: Address) => `${part} ${account}`
  const from = holder(story, random)
  const held = story.balances.get(key(from)) ?? 0n
  const kind = held === 0n ? 0 : random.below(10)
  const to = holder(story, random)
  if (kind === 0) {
    const issued = [...story.balances].reduce(
      (sum, [at, amount]) => (at.startsWith(`${part} `) ? sum + amount : sum),
      0n,
    )
    const amount = random.chance(0.1)
      ? maxUint256 - issued
      : random.amount(10n ** 12n < maxUint256 - issued ? 10n ** 12n : maxUint256 - issued)
    story.balances.set(key(to), (story.balances.get(key(to)) ?? 0n) + amount)
    return transfer(zeroAddress, to, amount)
  }
  const amount = random.chance(0.1) ? held : random.amount(held)
  story.balances.set(key(from), held - amount)
  if (kind === 1) return transfer(from, zeroAddress, amount)
  story.balances.set(key(to), (story.balances.get(key(to)) ?? 0n) + amount)
  return transfer(from, to, amount)
}

export const transfer = (from: Address, to: Address, value: bigint) =>
  say(instrumentAbi, 'Transfer', { from, to, value })

function flowsOf(story: Story, random: Random): Act {
  const entries = Array.from({ length: 1 + random.below(3) }, () => {
    const identity = random.pick(story.identities)
    const args = {
      identity: identity.address,
      firm: identity.firm,
      instrument: zeroAddress,
      value: random.amount(10n ** 9n),
    }
    return say(limitPolicyAbi, 'FlowCounted', args)
  })
  return { part: 'policy', entries }
}

function attempt(story: Story, random: Random): Hex {
  const [from, to, amount] = [holder(story, random), holder(story, random), random.amount(10n ** 6n)]
  const functionName = random.pick(['transfer', 'transferFrom', 'mint', 'burn'] as const)
  const args = {
    transfer: [to, amount],
    transferFrom: [from, to, amount],
    mint: [to, amount],
    burn: [from, amount],
  }
  return encodeFunctionData({ abi: instrumentAbi as Abi, functionName, args: args[functionName] })
}

function decision(story: Story, random: Random): Act {
  const identity = random.pick(story.identities)
  const status = 1 + random.below(4)
  const expiry = status === 2 ? 4_000_000_000n + BigInt(random.below(1000)) : 0n
  const args = { identity: identity.address, firm: identity.firm, status, tier: random.below(4), expiry }
  const event = { ...args, evidence: word(story), orderId: word(story) }
  return { part: 'registry', entries: [say(identityRegistryAbi, 'KycDecided', event)] }
}

function limit(story: Story, random: Random): Act {
  const scope = random.below(3)
  const identity = random.chance(0.2)
    ? addressOf('bad', random.below(2))
    : random.pick(story.identities).address
  const subject =
    scope === 0 ? pad(identity, { size: 32 }) : numberToHex(1 + random.below(story.firms), { size: 32 })
  const window = random.below(scope === 2 ? 3 : 4)
  const key = `${scope} ${subject} ${window}`
  const limitBefore = story.limits.get(key) ?? maxUint256
  const amount = random.chance(0.2) ? maxUint256 : random.amount(10n ** 12n)
  story.limits.set(key, amount)
  const args = { scope, subject, window, limitBefore, limit: amount, orderId: word(story) }
  return { part: 'policy', entries: [say(limitPolicyAbi, 'LimitSet', args)] }
}

function freeze(story: Story, random: Random): Act {
  const args = { user: holder(story, random), isFrozen: random.chance(0.5), owner: zeroAddress }
  return { part: 'ours', entries: [say(instrumentAbi, 'AddressFrozen', args)] }
}

function order(story: Story, random: Random): Act {
  const id = word(story)
  const proposer = addressOf('0f', 1)
  const roll = random.below(4)
  if (roll === 0) {
    return {
      part: 'orders',
      entries: [say(ordersAbi, 'OrderCancelled', { id, proposer, proposerPerson: word(story) })],
    }
  }
  if (roll === 1) {
    const args = {
      id,
      proposer,
      approver: addressOf('0f', 2),
      approverPerson: word(story),
      reason: word(story),
    }
    return { part: 'orders', entries: [say(ordersAbi, 'OrderRejected', args)] }
  }
  const action = actionFor(story, random)
  const persons = { approver: addressOf('0f', 2), proposerPerson: word(story), approverPerson: word(story) }
  const what = {
    target: zeroAddress,
    arguments: encodeArguments(action),
    reason: zeroHash,
    legalRef: word(story),
  }
  const args = { id, kind: kindNumber(action.kind), proposer, ...persons, ...what }
  return { part: 'orders', entries: [say(ordersAbi, 'OrderExecuted', args)] }
}

function actionFor(story: Story, random: Random): OrderAction {
  const identity = random.pick(story.identities)
  const subject = pad(identity.address, { size: 32 })
  return random.pick<OrderAction>([
    { kind: 'DecideKyc', identity: identity.address, status: 2, tier: 1, expiry: 9n, evidence: zeroHash },
    { kind: 'SetLimit', scope: 0, subject, window: 1, limit: 5n },
    { kind: 'SetLimit', scope: 2, subject: numberToHex(identity.firm, { size: 32 }), window: 1, limit: 5n },
    { kind: 'Freeze', account: holder(story, random) },
    { kind: 'SetSignatures', ofKind: 1, signatures: 2 },
  ])
}

function grant(story: Story, random: Random): Act {
  const args = {
    account: addressOf('0f', random.below(3)),
    person: word(story),
    rolesBefore: 0n,
    roles: BigInt(random.below(64)),
    orderId: zeroHash,
  }
  return { part: 'roles', entries: [say(rolesAbi, 'RolesSet', args)] }
}

function anchor(story: Story): Act {
  const journal = say(anchorAbi, 'JournalAnchored', { size: BigInt(++story.serial), root: word(story) })
  return { part: 'anchor', entries: [journal, say(anchorAbi, 'ReportAnchored', { sha256Hash: word(story) })] }
}

function rate(story: Story, random: Random): Act {
  const args = {
    instrument: addressOf('aa', 1),
    numerator: random.amount(10n ** 6n) + 1n,
    denominator: 1n,
    orderId: word(story),
  }
  return { part: 'policy', entries: [say(limitPolicyAbi, 'RateSet', args)] }
}

/** What must leave no trace but the raw log: an ERC-721 Transfer, no topics at all, an event nobody knows. */
function noise(story: Story): Act {
  const erc20 = transfer(addressOf('ac', 0), addressOf('ac', 1), 1n)
  const erc721 = { topics: [...erc20.topics, word(story)], data: '0x' as const }
  return {
    part: 'foreign',
    entries: [erc721, { topics: [], data: '0x1234' }, { topics: [word(story)], data: '0x' }],
  }
}
