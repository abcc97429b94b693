import type { Address, Hex } from 'viem'
import type { Rate, Scope, Window } from '@/lib/compliance/limits'
import { valueAt } from '@/lib/compliance/limits'
import {
  type Facts,
  type ModelVerdict,
  type Movement,
  nobody,
  type Standing,
  verdictOf,
  word,
} from '@/lib/compliance/model'

/** The ledger as a model keeps it: told of acts alone, it never asks the chain. */
export function createWorld(places: { policy: Address; compliances: ReadonlyMap<Address, Address> }) {
  const standings = new Map<Address, Standing>()
  const identityOf = new Map<Address, Address>()
  const rates = new Map<Address, Rate>()
  const limits = new Map<string, bigint>()
  const sent = new Map<string, { hour: bigint; value: bigint }[]>()
  const balances = new Map<string, bigint>()
  const frozen = new Map<string, bigint>()
  const frozenUntil = new Map<string, bigint>()
  const pausedUntil = new Map<Address, bigint>()
  const key = (...parts: (string | number)[]) => parts.join(' ')

  const balance = (instrument: Address, account: Address) => balances.get(key(instrument, account)) ?? 0n
  const standing = (account: Address) => {
    const identity = identityOf.get(account)
    return identity && standings.get(identity)
  }
  const facts = (now: bigint): Facts => ({
    now,
    policy: places.policy,
    complianceOf: (instrument) => places.compliances.get(instrument)!,
    pausedUntil: (instrument) => pausedUntil.get(instrument) ?? 0n,
    standing,
    holding: (instrument, account) => ({
      balance: balance(instrument, account),
      frozen: frozen.get(key(instrument, account)) ?? 0n,
      frozenUntil: frozenUntil.get(key(instrument, account)) ?? 0n,
    }),
    rates,
    heldBy: (identity, instrument) =>
      [...identityOf]
        .filter(([, behind]) => behind === identity)
        .reduce((sum, [account]) => sum + balance(instrument, account), 0n),
    limit: (scope, subject, window) => limits.get(key(scope, subject, window)),
    sentBy: (scope, subject) => sent.get(key(scope, subject)) ?? [],
  })

  function count(subject: string, hour: bigint, value: bigint) {
    const buckets = sent.get(subject) ?? []
    const last = buckets.at(-1)
    if (last?.hour === hour) last.value += value
    else buckets.push({ hour, value })
    sent.set(subject, buckets)
  }

  function add(instrument: Address, account: Address, amount: bigint) {
    if (account !== nobody) balances.set(key(instrument, account), balance(instrument, account) + amount)
  }

  return {
    facts,
    balance,
    register(account: Address, identity: Address, firm: number) {
      identityOf.set(account, identity)
      if (!standings.has(identity)) {
        standings.set(identity, { identity, firm, status: 1, tier: 0, expiry: 0n, flagged: false })
      }
    },
    decide: (identity: Address, decided: Pick<Standing, 'status' | 'tier' | 'expiry'>) =>
      standings.set(identity, { ...standings.get(identity)!, ...decided }),
    flag: (identity: Address, flagged: boolean) =>
      standings.set(identity, { ...standings.get(identity)!, flagged }),
    setLimit: (scope: Scope, subject: Hex, window: Window, limit: bigint) =>
      limits.set(key(scope, subject, window), limit),
    setRate: (instrument: Address, rate: Rate) => rates.set(instrument, rate),
    freeze: (instrument: Address, account: Address, until: bigint) =>
      frozenUntil.set(key(instrument, account), until),
    freezeAmount: (instrument: Address, account: Address, amount: bigint) =>
      frozen.set(key(instrument, account), amount),
    pause: (instrument: Address, until: bigint) => pausedUntil.set(instrument, until),

    /** What the model says; if it allows, done. */
    move(movement: Movement, now: bigint): ModelVerdict {
      const verdict = verdictOf(movement, facts(now))
      if (verdict.code !== 0) return verdict
      const { cause, instrument, from, to, amount } = movement
      add(instrument, from, -amount)
      add(instrument, to, amount)
      const [sender, recipient] = [standing(from), standing(to)]
      if (cause !== 'transfer' || amount === 0n || sender!.identity === recipient!.identity) return verdict
      const value = valueAt(amount, rates.get(instrument)!)
      count(key('identity', word(sender!.identity)), now / 3600n, value)
      count(key('firm', word(sender!.firm)), now / 3600n, value)
      return verdict
    },
  }
}

export type World = ReturnType<typeof createWorld>
