import type { Address } from 'viem'
import { hasClaims } from '@/lib/compliance/claims'
import type { Facts, Rule, Standing } from '@/lib/compliance/facts'
import type { Hold } from '@/lib/compliance/holds'
import type { Bucket, Rate } from '@/lib/compliance/limits'
import type { TestLedger } from './ledger'

/** The ledger as the model keeps it: told of acts alone, it never asks the chain. */
export type World = { places: Places; state: State }
export type Places = Pick<TestLedger, 'policy' | 'registry' | 'instruments' | 'identities' | 'issuers'>
export type State = ReturnType<typeof emptyState>

type Person = Omit<Standing, 'identity' | 'claimed'>

export const emptyState = () => ({
  people: new Map<Address, Person>(),
  identityOf: new Map<Address, Address>(),
  /** By instrument and account. */
  balances: new Map<string, bigint>(),
  holds: new Map<string, Hold>(),
  retired: new Set<string>(),
  pausedUntil: new Map<Address, bigint>(),
  rates: new Map<Address, Rate>(),
  limits: new Map<string, bigint>(),
  /** By scope and subject. */
  sent: new Map<string, Bucket[]>(),
  topics: new Set<bigint>(),
  trusted: new Set<string>(),
  shown: new Set<string>(),
  valid: new Set<string>(),
  /** By module. */
  listed: new Map<Address, Set<number>>(),
  caps: new Map<Address, bigint>(),
  approvals: new Map<string, bigint>(),
})

export const key = (...parts: (string | number | bigint)[]) => parts.join(' ')
const open: Hold = { frozen: 0n, frozenUntil: 0n }

export const holdOf = (state: State, instrument: Address, account: Address) =>
  state.holds.get(key(instrument, account)) ?? open

export function factsOf({ places, state }: World, now: bigint): Facts {
  const balance = (instrument: Address, account: Address) =>
    state.balances.get(key(instrument, account)) ?? 0n
  const place = (instrument: Address) => places.instruments.find(({ address }) => address === instrument)!
  const heldBy = (identity: Address, instrument: Address) =>
    [...state.identityOf]
      .filter(([, behind]) => behind === identity)
      .reduce((sum, [account]) => sum + balance(instrument, account), 0n)
  return {
    now,
    policy: places.policy,
    complianceOf: (instrument) => place(instrument).compliance,
    rulesOf: (instrument) => place(instrument).modules.map((module) => ruleOf(state, module)),
    pausedUntil: (instrument) => state.pausedUntil.get(instrument) ?? 0n,
    standing: (account) => standingOf(state, places, account),
    holding: (instrument, account) => ({
      ...holdOf(state, instrument, account),
      balance: balance(instrument, account),
    }),
    supplyOf: (instrument) =>
      [...state.identityOf.keys()].reduce((sum, account) => sum + balance(instrument, account), 0n),
    holdersOf: (instrument) =>
      BigInt(places.identities.filter((identity) => heldBy(identity, instrument) > 0n).length),
    heldBy,
    rates: state.rates,
    limit: (scope, subject, window) => state.limits.get(key(scope, subject, window)),
    sentBy: (scope, subject) => state.sent.get(key(scope, subject)) ?? [],
  }
}

function standingOf(state: State, { issuers }: Places, account: Address): Standing | undefined {
  const identity = state.identityOf.get(account)
  const person = identity && state.people.get(identity)
  if (!person) return undefined
  const claimed = hasClaims(identity, {
    topics: state.topics,
    issuersFor: (topic) => issuers.filter((issuer) => state.trusted.has(key(issuer, topic))),
    holds: (_, issuer, topic) => {
      const claim = key(identity, issuer, topic)
      return state.shown.has(claim) && state.valid.has(claim)
    },
  })
  return { ...person, identity, claimed }
}

function ruleOf(
  state: State,
  { kind, address: module }: Places['instruments'][number]['modules'][number],
): Rule {
  switch (kind) {
    case 'limits':
      return { kind, module }
    case 'countries-allowed':
    case 'countries-restricted':
      return {
        kind: 'countries',
        module,
        allows: kind === 'countries-allowed',
        listed: state.listed.get(module)!,
      }
    case 'supply-cap':
    case 'holder-cap':
      return { kind, module, cap: state.caps.get(module)! }
    case 'preapproval':
      return {
        kind,
        module,
        until: (from, to, amount) => state.approvals.get(key(module, from, to, amount)) ?? 0n,
      }
  }
}
