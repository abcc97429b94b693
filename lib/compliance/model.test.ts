import { describe, expect, test } from 'vitest'
import { asked, codes } from './codes'
import { type Facts, type Movement, nobody, type Standing, word } from './facts'
import { noLimit } from './limits'
import { forcedRefusal, verdictOf } from './model'

// That the contracts say the same is test/differential's to find out; here, what a reader of the model relies on.

const address = (digit: string) => `0x${digit.repeat(40)}` as const
const [instrument, from, to, compliance] = ['a', 'b', 'c', 'd'].map(address) as [
  ...[Movement['from'], Movement['from'], Movement['from'], Movement['from']],
]
const [policy, module] = [address('e'), address('f')]
const movement: Movement = { cause: 'transfer', instrument, from, to, amount: 60n }
const good: Omit<Standing, 'identity'> = {
  ...{ firm: 1, country: 250, status: 2, tier: 1, expiry: 1_001n, flagged: false, claimed: true },
}
const well: Facts = {
  now: 1_000n,
  policy,
  complianceOf: () => compliance,
  rulesOf: () => [
    { kind: 'countries', module, allows: true, listed: new Set([250]) },
    { kind: 'limits', module: policy },
  ],
  pausedUntil: () => 0n,
  standing: (account) => ({ ...good, identity: account }),
  holding: () => ({ balance: 100n, frozen: 30n, frozenUntil: 1_000n }),
  supplyOf: () => 100n,
  holdersOf: () => 1n,
  heldBy: () => 0n,
  rates: new Map([[instrument, { numerator: 1n, denominator: 1n }]]),
  limit: (scope, _, window) => (scope === 'tier' ? (window === 'day' ? 65n : noLimit) : undefined),
  sentBy: () => [],
}
const frozen =
  (account: string): Facts['holding'] =>
  (_, one) => ({
    ...{ balance: 100n, frozen: 30n, frozenUntil: one === account ? 1_001n : 0n },
  })

test('says how much would pass, and whose word that is', () => {
  expect(verdictOf(movement, well)).toEqual({
    ...{ code: codes.allowed, module: policy, headroom: 65n, subject: word(1) },
  })
  expect(verdictOf({ ...movement, amount: 66n }, well)).toMatchObject({ code: codes.dayLimit, headroom: 65n })
  const roomy = { ...well, limit: () => noLimit }
  expect(verdictOf(movement, roomy)).toMatchObject({ module: instrument, headroom: 70n, subject: word(from) })
})

/** What is wrong with the world, in the order in which it is asked: all that stand later are wrong as well. */
const wrongs: Record<keyof typeof asked, Partial<Facts>> = {
  pause: { pausedUntil: () => 1_001n },
  freezeOfSender: { holding: frozen(from) },
  freezeOfRecipient: { holding: frozen(to) },
  standingOfSender: {
    standing: (one) => (one === from ? undefined : { ...good, identity: one, flagged: true }),
  },
  standingOfRecipient: { standing: (one) => (one === to ? undefined : { ...good, identity: one }) },
  balance: { holding: () => ({ balance: 0n, frozen: 0n, frozenUntil: 0n }) },
  rules: { rulesOf: () => [{ kind: 'preapproval', module, until: () => 1_000n }] },
  rate: { rates: new Map() },
}

describe('of all that is wrong it names what is asked first', () => {
  const names = Object.keys(asked) as (keyof typeof asked)[]
  test.each(names)('%s', (name) => {
    const later = names.slice(names.indexOf(name))
    const facts = Object.assign({ ...well }, ...later.toReversed().map((each) => wrongs[each]))
    expect(asked[name]).toContain(verdictOf(movement, facts).code)
  })
})

test('a freeze, a pause and an expiry end with their time', () => {
  const late = { ...well, holding: frozen(from), pausedUntil: () => 1_001n, now: 1_001n }
  expect(verdictOf(movement, late).code).toBe(codes.senderExpired)
  const longer = {
    ...late,
    standing: (one: Movement['from']) => ({ ...good, identity: one, expiry: 1_002n }),
  }
  expect(verdictOf(movement, longer).code).toBe(codes.allowed)
})

test('a forced transfer heeds the recipient and the balance alone', () => {
  const forced = { instrument, from, to, amount: 100n }
  const bad = { ...well, ...wrongs.pause, ...wrongs.freezeOfSender, ...wrongs.rules, ...wrongs.rate }
  expect(forcedRefusal(forced, bad)).toBeUndefined()
  expect(forcedRefusal({ ...forced, amount: 101n }, bad)).toMatchObject({
    code: codes.balance,
    headroom: 100n,
  })
  expect(forcedRefusal(forced, { ...bad, ...wrongs.freezeOfRecipient })).toMatchObject({
    ...{ code: codes.recipientFrozen, subject: word(to) },
  })
  expect(forcedRefusal(forced, { ...bad, ...wrongs.standingOfRecipient })).toMatchObject({
    ...{ code: codes.recipientUnknown },
  })
  expect(forcedRefusal({ ...forced, to: from }, bad)).toBe('SameAccount')
})

test('nobody mints to whom a holding limit leaves no room', () => {
  const mint: Movement = { cause: 'mint', instrument, from: nobody, to, amount: 1n }
  const full = { ...well, limit: () => 0n }
  expect(verdictOf(mint, full)).toMatchObject({ code: codes.balanceLimit, headroom: 0n })
  expect(verdictOf(mint, well)).toMatchObject({ code: codes.allowed })
})
