import type { Address } from 'viem'
import { scopeName, windowName } from '@/lib/compliance/limits'
import { measureRefusal } from '@/lib/compliance/measures'
import { statuses } from '@/lib/compliance/standing'
import type { Ordered } from './ledger'
import { force, recover } from './movements'
import type { Outcome } from './node'
import { holdOf, key, type World } from './state'

/** What an order does, or the name of the error that stops it: contracts/src/Dispatch.sol and whom it calls. */
export function carryOut(world: World, ordered: Ordered, now: bigint): Outcome {
  const { action, target } = ordered
  const { state } = world
  switch (action.kind) {
    case 'DecideKyc': {
      const { identity, status, tier, expiry } = action
      if (status === statuses.verified && expiry <= now) return 'ExpiryPassed'
      state.people.set(identity, { ...state.people.get(identity)!, status, tier, expiry })
      return undefined
    }
    case 'SetScreening':
      if (!action.flagged && !ordered.two) return 'ClearingNeedsTwo'
      state.people.set(action.identity, { ...state.people.get(action.identity)!, flagged: action.flagged })
      return undefined
    case 'SetCountry': {
      const person = state.people.get(action.identity)!
      if (person.country === action.country) return 'CountryUnchanged'
      state.people.set(action.identity, { ...person, country: action.country })
      return undefined
    }
    case 'SetLimit':
      state.limits.set(key(scopeName(action.scope), action.subject, windowName(action.window)), action.limit)
      return undefined
    case 'SetRate':
      state.rates.set(action.instrument, { numerator: action.numerator, denominator: action.denominator })
      return undefined
    case 'SetTrustedIssuer':
      return trust(world, key(action.issuer, action.topic), action.trusted)
    case 'SetClaimTopic':
      return require(world, action.topic, action.required)
    case 'SetCountryRule': {
      const listed = state.listed.get(target)!
      if (action.listed) listed.add(action.country)
      else listed.delete(action.country)
      return undefined
    }
    case 'SetSupplyCap':
    case 'SetHolderCap':
      state.caps.set(target, action.cap)
      return undefined
    case 'Preapprove': {
      const { from, to, amount, expiresAt } = action
      if (expiresAt !== 0n && expiresAt <= now) return 'ExpiryPassed'
      state.approvals.set(key(target, from, to, amount), expiresAt)
      return undefined
    }
    default:
      // An instrument is known by its rate.
      return state.rates.has(target) ? control(world, ordered, now) : 'UnknownTarget'
  }
}

function control(world: World, { action, target, two }: Ordered, now: bigint): Outcome {
  const { state } = world
  switch (action.kind) {
    case 'Freeze': {
      const standing = holdOf(state, target, action.account).frozenUntil
      const refusal = measureRefusal(action, { now, alone: !two, standing })
      return refusal ?? hold(world, target, action.account, { frozenUntil: action.expiresAt })
    }
    case 'Unfreeze':
      return hold(world, target, action.account, { frozenUntil: 0n })
    case 'FreezeAmount':
      return hold(world, target, action.account, { frozen: action.amount })
    case 'Pause': {
      const standing = state.pausedUntil.get(target) ?? 0n
      const refusal = measureRefusal(action, { now, alone: !two, standing })
      if (!refusal) state.pausedUntil.set(target, action.expiresAt)
      return refusal
    }
    case 'Unpause':
      state.pausedUntil.set(target, 0n)
      return undefined
    case 'ForcedTransfer':
      return force(world, { ...action, instrument: target }, now)
    case 'Recover':
      return recover(world, { ...action, instrument: target }, now)
    default:
      throw new Error(`${action.kind} is not played`)
  }
}

/** Nothing changes the hold of an account that was recovered. */
function hold(
  { state }: World,
  instrument: Address,
  account: Address,
  change: Partial<ReturnType<typeof holdOf>>,
): Outcome {
  if (state.retired.has(key(instrument, account))) return 'AccountRetired'
  state.holds.set(key(instrument, account), { ...holdOf(state, instrument, account), ...change })
  return undefined
}

function trust({ state }: World, relation: string, trusted: boolean): Outcome {
  if (state.trusted.has(relation) === trusted) return trusted ? 'IssuerTaken' : 'UnknownIssuer'
  if (trusted) state.trusted.add(relation)
  else state.trusted.delete(relation)
  return undefined
}

/** A topic may be required only while somebody is trusted with it; the trust may end later, and then nobody has it. */
function require({ places, state }: World, topic: bigint, required: boolean): Outcome {
  if (state.topics.has(topic) === required) return required ? 'TopicTaken' : 'UnknownTopic'
  if (required && !places.issuers.some((issuer) => state.trusted.has(key(issuer, topic))))
    return 'TopicWithoutIssuer'
  if (required) state.topics.add(topic)
  else state.topics.delete(topic)
  return undefined
}
