import type { Address } from 'viem'
import { untilLifted } from '@/lib/chain/order-kinds'
import { type Movement, nobody, word } from '@/lib/compliance/facts'
import { carried, frozenAfterForced } from '@/lib/compliance/holds'
import { valueAt } from '@/lib/compliance/limits'
import { forcedRefusal, recoveryRefusal, verdictOf } from '@/lib/compliance/model'
import { isDone, type Outcome } from './node'
import { factsOf, holdOf, key, type World } from './state'

/** What the model says; if it allows, done. */
export function move(world: World, movement: Movement, now: bigint): Outcome {
  const { places, state } = world
  const facts = factsOf(world, now)
  const verdict = verdictOf(movement, facts)
  if (verdict.code !== 0) return verdict
  const { cause, instrument, from, to, amount } = movement
  // Nothing to burn where nothing could be minted; the policy will not even count nothing.
  if (cause === 'burn' && !state.rates.has(instrument)) return 'NotCompliance'
  carry(world, movement)
  if (cause !== 'transfer' || amount === 0n) return verdict
  for (const { kind, address } of places.instruments.find(({ address }) => address === instrument)!.modules) {
    if (kind === 'preapproval') state.approvals.delete(key(address, from, to, amount))
  }
  const [sender, recipient] = [facts.standing(from)!, facts.standing(to)!]
  if (sender.identity === recipient.identity) return verdict
  const value = valueAt(amount, state.rates.get(instrument)!)
  count(world, key('identity', word(sender.identity)), now / 3600n, value)
  count(world, key('firm', word(sender.firm)), now / 3600n, value)
  return verdict
}

/** Each entry is judged after the ones before it; the first refusal undoes them. */
export function moveAll(world: World, movements: readonly Movement[], now: bigint): Outcome {
  const before = structuredClone(world.state)
  for (const movement of movements) {
    const outcome = move(world, movement, now)
    if (isDone(outcome)) continue
    world.state = before
    return outcome
  }
  return undefined
}

export function force(world: World, forced: Omit<Movement, 'cause'>, now: bigint): Outcome {
  const facts = factsOf(world, now)
  const refusal = forcedRefusal(forced, facts)
  if (refusal) return refusal
  const { instrument, from, amount } = forced
  const holding = facts.holding(instrument, from)
  world.state.holds.set(key(instrument, from), {
    frozen: frozenAfterForced(holding, amount),
    frozenUntil: holding.frozenUntil,
  })
  carry(world, forced)
  return undefined
}

type Recovery = Record<'instrument' | 'lost' | 'replacement' | 'identity', Address>

export function recover(world: World, recovery: Recovery, now: bigint): Outcome {
  const { state } = world
  const { instrument, lost, replacement } = recovery
  if (lost === replacement) return 'SameAccount'
  if ([lost, replacement].some((account) => state.retired.has(key(instrument, account))))
    return 'AccountRetired'
  const facts = factsOf(world, now)
  const refusal = recoveryRefusal(recovery, facts)
  if (refusal) return refusal
  const [before, after] = [holdOf(state, instrument, lost), holdOf(state, instrument, replacement)]
  state.holds.set(key(instrument, replacement), carried(before, after, now))
  state.holds.set(key(instrument, lost), { frozen: 0n, frozenUntil: untilLifted })
  state.retired.add(key(instrument, lost))
  carry(world, { instrument, from: lost, to: replacement, amount: facts.holding(instrument, lost).balance })
  return undefined
}

function carry({ state }: World, { instrument, from, to, amount }: Omit<Movement, 'cause'>) {
  const add = (account: Address, more: bigint) => {
    if (account === nobody) return
    const place = key(instrument, account)
    state.balances.set(place, (state.balances.get(place) ?? 0n) + more)
  }
  add(from, -amount)
  add(to, amount)
}

function count({ state }: World, subject: string, hour: bigint, value: bigint) {
  const buckets = state.sent.get(subject) ?? []
  const last = buckets.at(-1)
  if (last?.hour === hour) last.value += value
  else buckets.push({ hour, value })
  state.sent.set(subject, buckets)
}
