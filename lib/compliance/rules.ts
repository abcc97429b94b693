import type { Address } from 'viem'
import { codes } from './codes'
import { type Facts, type ModelVerdict, type Movement, most, nobody, type Rule, word } from './facts'
import { policyVerdict } from './policy'

/** The tightest word of all rules, the first of equals; the first refusal ends it. */
export function complianceVerdict(movement: Movement, facts: Facts): ModelVerdict {
  let tightest = allow(facts.complianceOf(movement.instrument), most)
  for (const rule of facts.rulesOf(movement.instrument)) {
    const next = ruleVerdict(rule, movement, facts)
    if (next.code !== codes.allowed) return next
    if (next.headroom < tightest.headroom) tightest = next
  }
  return tightest
}

function ruleVerdict(rule: Rule, movement: Movement, facts: Facts): ModelVerdict {
  switch (rule.kind) {
    case 'limits':
      return policyVerdict(movement, facts)
    case 'countries':
      return countryVerdict(rule, movement, facts)
    case 'supply-cap':
      return supplyVerdict(rule, movement, facts)
    case 'holder-cap':
      return holderVerdict(rule, movement, facts)
    case 'preapproval': {
      const { cause, from, to, amount } = movement
      if (cause !== 'transfer') return allow(rule.module, most)
      if (amount === 0n || facts.now < rule.until(from, to, amount)) return allow(rule.module, amount)
      return refuse(rule.module, codes.notPreapproved, from)
    }
  }
}

/** Both sides of a transfer, the sender first, and the recipient of a mint. */
function countryVerdict(
  { module, allows, listed }: Extract<Rule, { kind: 'countries' }>,
  { cause, from, to }: Movement,
  facts: Facts,
): ModelVerdict {
  const asked = cause === 'transfer' ? [from, to] : cause === 'mint' ? [to] : []
  for (const account of asked) {
    const country = facts.standing(account)?.country ?? 0
    if (listed.has(country) !== allows) return refuse(module, codes.country, country)
  }
  return allow(module, most)
}

function supplyVerdict(
  { module, cap }: Extract<Rule, { cap: bigint }>,
  { cause, instrument, amount }: Movement,
  facts: Facts,
): ModelVerdict {
  if (cause !== 'mint') return allow(module, most)
  const supply = facts.supplyOf(instrument)
  const headroom = cap > supply ? cap - supply : 0n
  const code = amount > headroom ? codes.supplyCap : codes.allowed
  return { code, module, headroom, subject: word(instrument) }
}

/** At the cap, what passes to a newcomer is nothing, or exactly all that the sender's identity holds. */
function holderVerdict(
  { module, cap }: Extract<Rule, { cap: bigint }>,
  { cause, instrument, from, to, amount }: Movement,
  facts: Facts,
): ModelVerdict {
  const sender = facts.standing(from)?.identity ?? nobody
  const recipient = facts.standing(to)?.identity ?? nobody
  const joins = facts.heldBy(recipient, instrument) === 0n && sender !== recipient
  if (cause === 'burn' || !joins || facts.holdersOf(instrument) < cap) return allow(module, most)
  const leaves = cause === 'transfer' && amount === facts.heldBy(sender, instrument)
  if (amount === 0n || leaves) return allow(module, amount)
  return refuse(module, codes.holderCap, recipient)
}

const allow = (module: Address, headroom: bigint): ModelVerdict => ({
  code: codes.allowed,
  module,
  headroom,
  subject: word(0),
})

const refuse = (module: Address, code: number, subject: Address | number): ModelVerdict => ({
  code,
  module,
  headroom: 0n,
  subject: word(subject),
})
