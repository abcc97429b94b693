import type { Address, Hex } from 'viem'
import {
  amountWithin,
  limitInForce,
  noLimit,
  type Rate,
  remaining,
  usedIn,
  valueAt,
  type Window,
} from './limits'

/**
 * The rules of the ledger, small: what one movement would meet, in the order in which the contracts ask. It reads a
 * state that anybody may fill: from the register for a preview, or from acts to hold the contracts against.
 * Addresses are in lower case throughout; times are UNIX seconds of the block.
 */

export type Cause = 'transfer' | 'mint' | 'burn'
export type Movement = { cause: Cause; instrument: Address; from: Address; to: Address; amount: bigint }
export type ModelVerdict = { code: number; module: Address; headroom: bigint; subject: Hex }

export type Standing = {
  identity: Address
  firm: number
  status: number
  tier: number
  expiry: bigint
  flagged: boolean
}
export type Holding = { balance: bigint; frozen: bigint; frozenUntil: bigint }

/** What the rules need to know. A missing limit is one that nobody stated. */
export type Facts = {
  now: bigint
  policy: Address
  complianceOf: (instrument: Address) => Address
  pausedUntil: (instrument: Address) => bigint
  standing: (account: Address) => Standing | undefined
  holding: (instrument: Address, account: Address) => Holding
  /** All instruments with a rate, in the order in which they got one. */
  rates: ReadonlyMap<Address, Rate>
  heldBy: (identity: Address, instrument: Address) => bigint
  limit: (scope: 'identity' | 'tier' | 'firm', subject: Hex, window: Window) => bigint | undefined
  sentBy: (scope: 'identity' | 'firm', subject: Hex) => readonly { hour: bigint; value: bigint }[]
}

export const nobody: Address = '0x0000000000000000000000000000000000000000'
export const word = (subject: Address | number): Hex =>
  `0x${(typeof subject === 'number' ? subject.toString(16) : subject.slice(2)).padStart(64, '0')}`

const most = 2n ** 256n - 1n
/** What a holding's counter can hold. */
const mostHeld = 2n ** 128n - 1n
const verified = 2

/** What the contracts would say of the movement now. */
export function verdictOf(movement: Movement, facts: Facts): ModelVerdict {
  const own = ownVerdict(movement, facts)
  if (own.code !== 0) return own
  const rules = policyVerdict(movement, facts)
  return rules.code === 0 && own.headroom < rules.headroom ? own : rules
}

/** The instrument's own checks: pause, both freezes, both standings, what is free. */
function ownVerdict({ cause, instrument, from, to, amount }: Movement, facts: Facts): ModelVerdict {
  const say = (code: number, headroom: bigint, subject: Address) => ({
    code,
    module: instrument,
    headroom,
    subject: word(subject),
  })
  if (facts.now < facts.pausedUntil(instrument)) return say(2, 0n, instrument)
  const frozen = (account: Address) => facts.now < facts.holding(instrument, account).frozenUntil
  if (cause !== 'mint' && frozen(from)) return say(3, 0n, from)
  if (cause !== 'burn' && frozen(to)) return say(4, 0n, to)
  for (const side of [
    { account: from, asked: cause !== 'mint', unknown: 10, flagged: 16 },
    { account: to, asked: cause !== 'burn', unknown: 13, flagged: 18 },
  ]) {
    if (!side.asked) continue
    const standing = facts.standing(side.account)
    if (!standing) return say(side.unknown, 0n, side.account)
    if (standing.status !== verified) return say(side.unknown + 1, 0n, standing.identity)
    if (facts.now >= standing.expiry) return say(side.unknown + 2, 0n, standing.identity)
    if (standing.flagged) return say(side.flagged, 0n, standing.identity)
  }
  if (cause === 'mint') return say(0, most, from)
  const { balance, frozen: held } = facts.holding(instrument, from)
  const free = balance > held ? balance - held : 0n
  return say(amount <= free ? 0 : amount > balance ? 1 : 5, free, from)
}

type Bound = { amount: bigint; code: number; subject: Hex }

/** The limit policy's word, as the compliance passes it on. */
function policyVerdict({ cause, instrument, from, to, amount }: Movement, facts: Facts): ModelVerdict {
  const free = { code: 0, module: facts.complianceOf(instrument), headroom: most, subject: word(0) }
  if (cause === 'burn') return free
  const rate = facts.rates.get(instrument)
  if (!rate) return { code: 20, module: facts.policy, headroom: 0n, subject: word(instrument) }
  const sender = facts.standing(from)
  const recipient = facts.standing(to)!
  if (sender?.identity === recipient.identity) return free

  const flow =
    cause === 'mint' ? { amount: most, code: 0, subject: word(0) } : flowBound(sender!, rate, facts)
  const balance = balanceBound(recipient, instrument, rate, facts)
  const bound = balance.amount < flow.amount ? balance : flow
  const code = amount > bound.amount ? bound.code : 0
  return { code, module: facts.policy, headroom: bound.amount, subject: bound.subject }
}

const flows = ['transfer', 'day', 'month'] as const

/** The least of what the identity's and the firm's limits leave; of equals the one that is asked first. */
function flowBound(sender: Standing, rate: Rate, facts: Facts): Bound {
  const own = flows.map((window, at) => {
    const { limit, subject } = personal(sender, window, facts)
    return { ...room('identity', word(sender.identity), window, limit, facts), code: 21 + at, subject }
  })
  const subject = word(sender.firm)
  const ofFirm = flows.map((window, at) => {
    const limit = facts.limit('firm', subject, window) ?? noLimit
    return { ...room('firm', subject, window, limit, facts), code: 24 + at, subject }
  })
  const least = [...own, ...ofFirm].reduce((a, b) => (b.value < a.value ? b : a))
  return { amount: amountWithin(least.value, rate)!, code: least.code, subject: least.subject }
}

function room(
  scope: 'identity' | 'firm',
  subject: Hex,
  window: (typeof flows)[number],
  limit: bigint,
  facts: Facts,
) {
  const used = window === 'transfer' ? 0n : usedIn(window, facts.sentBy(scope, subject), facts.now)
  return { value: remaining(limit, used) }
}

function balanceBound(recipient: Standing, instrument: Address, rate: Rate, facts: Facts): Bound {
  const { limit, subject } = personal(recipient, 'balance', facts)
  const held = facts.heldBy(recipient.identity, instrument)
  let amount = mostHeld - held
  if (limit !== noLimit) {
    const within = amountWithin(remaining(limit, worth(recipient.identity, facts, instrument)), rate)!
    const left = within > held ? within - held : 0n
    if (left < amount) amount = left
  }
  return { amount, code: 27, subject }
}

/** An identity's own limit, else its tier's, else nothing. */
function personal(standing: Standing, window: Window, facts: Facts) {
  const own = facts.limit('identity', word(standing.identity), window)
  const limit = limitInForce(own, facts.limit('tier', word(standing.tier), window))
  return { limit, subject: own === undefined ? word(standing.tier) : word(standing.identity) }
}

/** Of all that an identity holds, each holding rounded up; but for one instrument. */
export function worth(identity: Address, facts: Facts, except?: Address): bigint {
  let sum = 0n
  for (const [instrument, rate] of facts.rates) {
    if (instrument !== except) sum += valueAt(facts.heldBy(identity, instrument), rate)
  }
  return sum
}
