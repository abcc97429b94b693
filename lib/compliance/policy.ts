import type { Address, Hex } from 'viem'
import { codes, limitCodes } from './codes'
import { type Facts, type ModelVerdict, type Movement, most, type Standing, word } from './facts'
import {
  amountWithin,
  type Line,
  leastRoom,
  limitInForce,
  noLimit,
  type Rate,
  remaining,
  usedIn,
  valueAt,
  type Window,
} from './limits'

/** The verdicts of contracts/src/LimitPolicy.sol. */

/** What a holding's counter can hold. */
const mostHeld = 2n ** 128n - 1n

type Bound = { amount: bigint; code: number; subject: Hex }

export function policyVerdict({ cause, instrument, from, to, amount }: Movement, facts: Facts): ModelVerdict {
  const free = { code: codes.allowed, module: facts.policy, headroom: most, subject: word(0) }
  if (cause === 'burn') return free
  const rate = facts.rates.get(instrument)
  if (!rate) return { code: codes.noRate, module: facts.policy, headroom: 0n, subject: word(instrument) }
  const sender = facts.standing(from)
  const recipient = facts.standing(to)
  if (recipient && sender?.identity === recipient.identity) return free

  const flow = cause === 'mint' ? { ...unbound } : flowBound(sender!, rate, facts)
  const balance = balanceBound(recipient!, instrument, rate, facts)
  const bound = balance.amount < flow.amount ? balance : flow
  const code = amount > bound.amount ? bound.code : codes.allowed
  return { code, module: facts.policy, headroom: bound.amount, subject: bound.subject }
}

const unbound: Bound = { amount: most, code: codes.allowed, subject: word(0) }
const flows = ['transfer', 'day', 'month'] as const

/** The least of what the identity's and the firm's limits leave; of equals the one that is asked first. */
function flowBound(sender: Standing, rate: Rate, facts: Facts): Bound {
  const line = (scope: Line['scope'], subject: Hex, window: (typeof flows)[number], limit: bigint): Line => {
    const [of, whose] =
      scope === 'firm' ? (['firm', subject] as const) : (['identity', word(sender.identity)] as const)
    const used = window === 'transfer' ? 0n : usedIn(window, facts.sentBy(of, whose), facts.now)
    return { scope, subject, window, limit, used }
  }
  const own = flows.map((window) => {
    const { limit, scope, subject } = personal(sender, window, facts)
    return line(scope, subject, window, limit)
  })
  const firm = word(sender.firm)
  const ofFirm = flows.map((window) =>
    line('firm', firm, window, facts.limit('firm', firm, window) ?? noLimit),
  )
  const least = leastRoom([...own, ...ofFirm])!
  const code =
    limitCodes[least.scope === 'firm' ? 'firm' : 'identity'][least.window as (typeof flows)[number]]
  const amount = amountWithin(remaining(least.limit, least.used), rate)!
  return { amount, code, subject: least.subject as Hex }
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
  return { amount, code: codes.balanceLimit, subject }
}

/** An identity's own limit, else its tier's, else nothing. */
function personal(standing: Standing, window: Window, facts: Facts) {
  const [identity, tier] = [word(standing.identity), word(standing.tier)]
  const own = facts.limit('identity', identity, window)
  const limit = limitInForce(own, facts.limit('tier', tier, window))
  return own === undefined
    ? { limit, scope: 'tier' as const, subject: tier }
    : { limit, scope: 'identity' as const, subject: identity }
}

/** Of all that an identity holds, each holding rounded up; but for one instrument. */
export function worth(identity: Address, facts: Facts, except?: Address): bigint {
  let sum = 0n
  for (const [instrument, rate] of facts.rates) {
    if (instrument !== except) sum += valueAt(facts.heldBy(identity, instrument), rate)
  }
  return sum
}
