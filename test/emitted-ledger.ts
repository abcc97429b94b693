import {
  type Abi,
  type Address,
  encodeErrorResult,
  encodeFunctionData,
  type Hex,
  maxUint256,
  numberToHex,
  pad,
  zeroAddress,
} from 'viem'
import { identityRegistryAbi } from '../lib/chain/generated/identity-registry'
import { instrumentAbi } from '../lib/chain/generated/instrument'
import { limitPolicyAbi } from '../lib/chain/generated/limit-policy'
import { anchor, grant, noise, order, rate } from './emitted-acts'
import { control } from './emitted-controls'

import {
  type Act,
  addressOf,
  type Entry,
  holder,
  type Part,
  type Story,
  say,
  transfer,
  word,
} from './emitted-story'
import type { Random } from './random'
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
  frozen: new Map(),
  serial: 0,
  controls: 0,
})

const copy = (story: Story): Story => ({
  ...story,
  identities: story.identities.map((identity) => ({ ...identity })),
  accounts: [...story.accounts],
  balances: new Map(story.balances),
  limits: new Map(story.limits),
  frozen: new Map(story.frozen),
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
  /** To go on later from here, whatever was said since. */
  function mark(): () => void {
    const saved = [...stories]
    return () => void stories.splice(0, stories.length, ...saved)
  }
  return { nextBlock, forget, mark }
}

function act(story: Story, random: Random): Act {
  if (story.firms < 2) return firm(story)
  if (story.accounts.length < 4 || random.chance(0.08)) return person(story, random)
  const roll = random.below(100)
  if (roll < 43) return movements(story, random)
  if (roll < 58) return control(story, random)
  if (roll < 63) return { part: 'ours', refused: attempt(story, random) }
  if (roll < 70) return decision(story, random)
  if (roll < 76) return limit(story, random)
  if (roll < 84) return order(story, random)
  if (roll < 87) return grant(story, random)
  if (roll < 90) return anchor(story)
  if (roll < 93) return rate(story, random)
  if (roll < 96) return noise(story)
  return firm(story)
}

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
    const identity = { address: addressOf('1d', number), firm: 1 + random.below(story.firms), country: 276 }
    story.identities.push(identity)
    entries.push(
      say(identityRegistryAbi, 'IdentityCreated', {
        identity: identity.address,
        firm: identity.firm,
        country: identity.country,
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
