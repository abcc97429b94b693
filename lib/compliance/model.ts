import type { Address } from 'viem'
import { codes, type Side, sideCodes } from './codes'
import { type Facts, type ModelVerdict, type Movement, most, nobody, word } from './facts'
import { freeOf, isFrozen } from './holds'
import { complianceVerdict } from './rules'
import { lapseOf } from './standing'

/** The rules of the ledger, small: what one movement would meet, in the order in which the contracts ask. */

/** What the contracts would say of the movement now. */
export function verdictOf(movement: Movement, facts: Facts): ModelVerdict {
  const own = ownVerdict(movement, facts)
  if (own.code !== codes.allowed) return own
  const rules = complianceVerdict(movement, facts)
  return rules.code === codes.allowed && own.headroom < rules.headroom ? own : rules
}

/** The instrument's own checks: pause, both freezes, both standings, what is free. */
function ownVerdict({ cause, instrument, from, to, amount }: Movement, facts: Facts): ModelVerdict {
  const holding = facts.holding(instrument, from)
  const [sends, receives] = [cause !== 'mint', cause !== 'burn']
  if (facts.now < facts.pausedUntil(instrument)) return say(instrument, codes.paused, 0n, instrument)
  if (sends && isFrozen(holding, facts.now)) return say(instrument, codes.senderFrozen, 0n, from)
  const sides = [
    ...(receives ? [frozenRecipient(instrument, to, facts)] : []),
    ...(sends ? [lapseVerdict('sender', instrument, from, facts)] : []),
    ...(receives ? [lapseVerdict('recipient', instrument, to, facts)] : []),
  ]
  const refused = sides.find((side) => side !== undefined)
  if (refused) return refused
  if (!sends) return say(instrument, codes.allowed, most, from)
  const free = freeOf(holding)
  const code = amount <= free ? codes.allowed : amount > holding.balance ? codes.balance : codes.freeBalance
  return say(instrument, code, free, from)
}

type Control = { instrument: Address; from: Address; to: Address; amount: bigint }

/** What refuses a forced transfer: it heeds the recipient and the balance, and nothing else. Undefined: it passes. */
export function forcedRefusal(control: Control, facts: Facts): ModelVerdict | 'SameAccount' | undefined {
  const { instrument, from, to, amount } = control
  if (from === to) return 'SameAccount'
  const refused = frozenRecipient(instrument, to, facts) ?? lapseVerdict('recipient', instrument, to, facts)
  if (refused) return refused
  const { balance } = facts.holding(instrument, from)
  return amount > balance ? say(instrument, codes.balance, balance, from) : undefined
}

/** What refuses a recovery within one identity. That neither account is retired is for the caller to know. */
export function recoveryRefusal(
  {
    instrument,
    lost,
    replacement,
    identity,
  }: Record<'instrument' | 'lost' | 'replacement' | 'identity', Address>,
  facts: Facts,
): ModelVerdict | 'NotOfIdentity' | undefined {
  const isOf = (account: Address) => (facts.standing(account)?.identity ?? nobody) === identity
  if (!isOf(lost) || !isOf(replacement)) return 'NotOfIdentity'
  return lapseVerdict('recipient', instrument, replacement, facts)
}

const frozenRecipient = (instrument: Address, to: Address, facts: Facts) =>
  isFrozen(facts.holding(instrument, to), facts.now)
    ? say(instrument, codes.recipientFrozen, 0n, to)
    : undefined

function lapseVerdict(side: Side, instrument: Address, account: Address, facts: Facts) {
  const standing = facts.standing(account)
  const lapse = lapseOf(standing, facts.now)
  return lapse && say(instrument, sideCodes[side][lapse], 0n, standing?.identity ?? account)
}

const say = (module: Address, code: number, headroom: bigint, subject: Address): ModelVerdict => ({
  code,
  module,
  headroom,
  subject: word(subject),
})
