import { type Address, maxUint64, zeroAddress } from 'viem'
import { complianceAbi } from '../lib/chain/generated/compliance'
import { countryRulesAbi } from '../lib/chain/generated/country-rules'
import { holderCapAbi } from '../lib/chain/generated/holder-cap'
import { identityRegistryAbi } from '../lib/chain/generated/identity-registry'
import { instrumentAbi } from '../lib/chain/generated/instrument'
import { ordersAbi } from '../lib/chain/generated/orders'
import { preapprovalAbi } from '../lib/chain/generated/preapproval'
import { rolesAbi } from '../lib/chain/generated/roles'
import { type Act, addressOf, type Entry, holder, type Story, say, transfer, word } from './emitted-story'
import type { Random } from './random'

/** What an authority does, as the contracts say it; each with what comes with it in the same transaction. */
export function control(story: Story, random: Random): Act {
  const acts = [freeze, frozenAmount, measure, forced, screening, country, modules, rules]
  const rarer = [pause, trust, compliance, delegation, upgrade, forced, freeze]
  const turn = story.controls++
  // In turns, so that a short history has all of them.
  const list = turn % 2 === 0 ? acts : rarer
  return list[Math.floor(turn / 2) % list.length]!(story, random)
}

const later = (random: Random): bigint =>
  random.pick([0n, 1n, 2_000_000_000n, 4_000_000_000n, 2n ** 50n, maxUint64])

const ours = (name: string, args: Record<string, unknown>): Entry => say(instrumentAbi, name, args)

function freeze(story: Story, random: Random): Act {
  return { part: 'ours', entries: frozenUntil(holder(story, random), later(random)) }
}

const frozenUntil = (account: Address, until: bigint): Entry[] => [
  ours('AddressFrozen', { userAddress: account, isFrozen: until !== 0n, owner: zeroAddress }),
  ours('FrozenUntil', { account, until }),
]

function frozenAmount(story: Story, random: Random): Act {
  const amount = random.chance(0.2) ? 0n : random.amount(10n ** 12n)
  return { part: 'ours', entries: setFrozen(story, holder(story, random), amount) }
}

function setFrozen(story: Story, account: Address, amount: bigint): Entry[] {
  const before = story.frozen.get(account) ?? 0n
  story.frozen.set(account, amount)
  const change = { userAddress: account, amount: amount > before ? amount - before : before - amount }
  const named = amount > before ? 'TokensFrozen' : 'TokensUnfrozen'
  return [...(amount === before ? [] : [ours(named, change)]), ours('Frozen', { account, amount })]
}

function pause(_story: Story, random: Random): Act {
  const until = later(random)
  const named = ours(until === 0n ? 'Unpaused' : 'Paused', { userAddress: zeroAddress })
  return { part: 'ours', entries: [named, ours('PausedUntil', { until })] }
}

function measure(story: Story, random: Random): Act {
  const paused = random.chance(0.3)
  const expiresAt = random.pick([3_000_000_000n, maxUint64])
  const target = addressOf('aa', 1)
  const args = {
    orderId: word(story),
    kind: paused ? 8 : 4,
    target,
    subject: paused ? target : holder(story, random),
    reviewBy: 2_000_000_000n + BigInt(random.below(1000)),
    expiresAt,
  }
  return { part: 'orders', entries: [say(ordersAbi, 'MeasureTaken', args)] }
}

/** A forced transfer, or a recovery of all that an account has; either may take frozen units along. */
function forced(story: Story, random: Random): Act {
  const [from, to] = [holder(story, random), holder(story, random)]
  const held = story.balances.get(`ours ${from}`) ?? 0n
  const frozen = story.frozen.get(from) ?? 0n
  if (from === to) return { part: 'ours', entries: setFrozen(story, from, frozen) }
  const recovered = random.chance(0.3)
  const amount = recovered ? held : random.amount(held)
  const free = held > frozen ? held - frozen : 0n
  const entries: Entry[] = []
  if (recovered && frozen > 0n) {
    entries.push(...setFrozen(story, from, 0n), ...setFrozen(story, to, frozen))
    entries.push(...frozenUntil(from, maxUint64))
  } else if (amount > free) entries.push(...setFrozen(story, from, frozen - (amount - free)))
  story.balances.set(`ours ${from}`, held - amount)
  story.balances.set(`ours ${to}`, (story.balances.get(`ours ${to}`) ?? 0n) + amount)
  const named = recovered
    ? ours('RecoverySuccess', { lostWallet: from, newWallet: to, investorOnchainID: zeroAddress })
    : ours('ForcedTransfer', { from, to, amount })
  return { part: 'ours', entries: [...entries, transfer(from, to, amount), named] }
}

function screening(story: Story, random: Random): Act {
  const { address: identity, firm } = random.pick(story.identities)
  const args = { identity, firm, flagged: random.chance(0.6), orderId: word(story) }
  return { part: 'registry', entries: [say(identityRegistryAbi, 'FlagSet', args)] }
}

function country(story: Story, random: Random): Act {
  const identity = random.pick(story.identities)
  const countryBefore = identity.country
  identity.country = 1 + random.below(999)
  const args = { identity: identity.address, firm: identity.firm, countryBefore, country: identity.country }
  const entry = say(identityRegistryAbi, 'CountryChanged', { ...args, orderId: word(story) })
  return { part: 'registry', entries: [entry] }
}

function trust(story: Story, random: Random): Act {
  const topic = random.amount(10n ** 20n)
  const issuer = { issuer: addressOf('c1', random.below(3)), topic, trusted: random.chance(0.6) }
  const required = { topic, required: random.chance(0.6), orderId: word(story) }
  const entries = [
    say(identityRegistryAbi, 'TrustedIssuerSet', { ...issuer, orderId: word(story) }),
    say(identityRegistryAbi, 'ClaimTopicSet', required),
  ]
  return { part: 'registry', entries }
}

const compliance = (_story: Story, random: Random): Act => ({
  part: 'ours',
  entries: [ours('ComplianceAdded', { compliance: addressOf('cc', random.below(2)) })],
})

/** Of a contract that nobody has heard of yet, besides something that only looks like it. */
function modules(story: Story, random: Random): Act {
  const module = addressOf('da', random.below(4))
  const added = say(complianceAbi, random.chance(0.8) ? 'ModuleAdded' : 'ModuleRemoved', { module })
  const strange = { topics: [...added.topics, word(story)], data: '0x' as const }
  return { part: 'spare', entries: [added, strange] }
}

/** Of a module, besides what has its topic and not its form. */
function rules(story: Story, random: Random): Act {
  const orderId = word(story)
  const [from, to] = [holder(story, random), holder(story, random)]
  const expiresAt = later(random)
  const listing = { country: 1 + random.below(999), listed: random.chance(0.7), orderId }
  const cap = { capBefore: 0n, cap: random.amount(10n ** 12n), orderId }
  const entries = [
    say(countryRulesAbi, 'CountryListed', listing),
    say(holderCapAbi, 'CapSet', cap),
    say(preapprovalAbi, 'TransferApproved', { from, to, amount: 5n, expiresAt, orderId }),
    say(preapprovalAbi, 'ApprovalConsumed', { from, to, amount: 5n }),
  ]
  const cut = entries.map(({ topics }) => ({ topics, data: '0x' as const }))
  return { part: 'spare', entries: [...entries.slice(0, 3 + random.below(2)), ...cut] }
}

function delegation(story: Story, random: Random): Act {
  const [principal, delegate] = [addressOf('0f', random.below(2)), addressOf('0f', 2)]
  const orderId = word(story)
  const ended = say(rolesAbi, 'DelegationEnded', { principal, delegate, orderId })
  if (random.chance(0.3)) return { part: 'roles', entries: [ended] }
  const persons = { principalPerson: word(story), delegatePerson: word(story) }
  const args = { principal, delegate, ...persons, startsAt: 0n, until: later(random), orderId }
  return { part: 'roles', entries: [ended, say(rolesAbi, 'DelegationSet', args)] }
}

function upgrade(story: Story, random: Random): Act {
  const implementation = addressOf('c0de', ++story.serial)
  const before = addressOf('c0de', random.below(story.serial))
  const release = BigInt(story.serial)
  const information = { newName: 'Ours', newSymbol: 'OURS', newDecimals: 2, newOnchainID: zeroAddress }
  const inForce = [
    ours('Upgraded', { implementation }),
    ours('UpdatedTokenInformation', { ...information, newVersion: `${release}.0 "x"` }),
  ]
  const scheduled = ours('UpgradeScheduled', { implementation, release, notBefore: 2_000_000_000n })
  const activated = { before, implementation, release, rollbackUntil: later(random) }
  return {
    part: 'ours',
    entries: random.pick([
      inForce,
      [scheduled],
      [scheduled, ours('UpgradeCancelled', { implementation })],
      [ours('UpgradeActivated', activated), ...inForce],
      [ours('UpgradeRolledBack', { before, implementation, release }), ...inForce],
    ]),
  }
}
