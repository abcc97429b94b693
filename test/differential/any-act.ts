import fc from 'fast-check'
import { untilLifted } from '@/lib/chain/order-kinds'
import { noLimit } from '@/lib/compliance/limits'
import {
  type Act,
  accounts,
  bond,
  countries,
  euro,
  identities,
  issuers,
  keyed,
  note,
  pound,
  topics,
} from './acts'

const [minute, hour, day] = [60, 3600, 86_400]
const instrument = fc.oneof(
  { weight: 5, arbitrary: fc.constant(euro) },
  { weight: 5, arbitrary: fc.constant(pound) },
  { weight: 1, arbitrary: fc.constant(bond) },
  { weight: 1, arbitrary: fc.constant(note) },
)
/** Each as likely as the other; a number drawn comes small more often than not. */
const below = (count: number) => fc.constantFrom(...Array(count).keys())
const account = fc.oneof({ weight: 7, arbitrary: below(keyed) }, { weight: 1, arbitrary: below(accounts) })
const identity = below(identities)
const [issuer, topic] = [fc.nat(issuers - 1), fc.integer({ min: 1, max: topics })]
const amount = (most: bigint) => fc.bigInt(0n, most)
const small = fc.oneof({ weight: 3, arbitrary: amount(400n) }, { weight: 1, arbitrary: amount(6000n) })
/** In per cent. */
const often = (share: number) =>
  fc.oneof(
    { weight: share, arbitrary: fc.constant(true) },
    { weight: 100 - share, arbitrary: fc.constant(false) },
  )
const mostly = <T>(weight: number, one: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight, arbitrary: fc.constant(one) }, { weight: 2, arbitrary: other })
const seconds = (min: number, max: number) => fc.integer({ min, max })

const limit = fc.oneof(fc.constant(noLimit), amount(3000n), amount(80_000n))
/** Mostly between two accounts of one identity, else of anybody. */
const recovery = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom([0, 1, 0], [1, 0, 0], [3, 4, 2], [4, 3, 2], [5, 7, 3]) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(accounts - 1), fc.nat(accounts - 1), identity) },
)

type Shape<Name, Any = Act> = Any extends { act: infer Names }
  ? Name extends Names
    ? Omit<Any, 'act'>
    : never
  : never
/** One kind of act out of `weight` in the sum of all weights. */
const act = <Name extends Act['act']>(
  weight: number,
  name: Name,
  rest: { [K in keyof Shape<Name>]: fc.Arbitrary<Shape<Name>[K]> },
) => ({ weight, arbitrary: fc.record({ act: fc.constant(name), ...rest } as never) as fc.Arbitrary<Act> })

const pair = { instrument, from: account, to: account, amount: small }
const entries = fc.array(fc.record({ account, amount: amount(500n) }), { minLength: 1, maxLength: 5 })
/** Mostly what one officer may, mostly reviewed in time; now and then not. */
const term = {
  lasts: fc.oneof(
    { weight: 8, arbitrary: seconds(minute, 72 * hour) },
    { weight: 2, arbitrary: seconds(3 * day, 20 * day) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  review: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: seconds(-hour, 80 * hour) },
  ),
  two: often(40),
}

/** Mostly movements; mostly of people in good standing: a world of the frozen and suspended would show little. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  act(40, 'transfer', pair),
  act(8, 'transferFrom', pair),
  act(12, 'mint', { instrument, to: account, amount: amount(20_000n) }),
  act(6, 'burn', { instrument, from: fc.oneof(account, below(accounts)), amount: amount(3000n) }),
  act(5, 'batch', {
    ...{ of: fc.constantFrom('transfer', 'transfer', 'mint', 'burn'), instrument },
    ...{ whose: below(keyed), entries },
  }),
  act(12, 'wait', {
    seconds: fc.oneof(
      { weight: 2, arbitrary: seconds(1, 3 * hour) },
      { weight: 1, arbitrary: seconds(hour, 5 * day) },
    ),
  }),
  act(10, 'DecideKyc', {
    identity,
    status: mostly(30, 2, fc.constantFrom(1, 3, 4)),
    tier: fc.constantFrom(1, 1, 2, 2, 2, 9),
    lasts: fc.oneof(
      { weight: 1, arbitrary: seconds(hour, 5 * day) },
      { weight: 5, arbitrary: seconds(20 * day, 120 * day) },
    ),
  }),
  act(5, 'SetLimit', { ...{ scope: below(2), subject: below(4), window: below(4) }, limit }),
  act(5, 'SetLimit', { ...{ scope: fc.constant(2), subject: below(2), window: below(3) }, limit }),
  act(3, 'SetRate', { instrument, numerator: fc.bigInt(1n, 5n), denominator: fc.bigInt(1n, 5n) }),
  act(3, 'SetScreening', { identity, flagged: often(15), two: often(80) }),
  act(2, 'SetCountry', { identity, country: fc.constantFrom(...countries) }),
  act(3, 'Freeze', { instrument, account, ...term }),
  act(6, 'Unfreeze', { instrument, account }),
  act(5, 'FreezeAmount', { instrument, account, amount: mostly(1, 0n, fc.oneof(small, amount(20_000n))) }),
  act(1, 'Pause', { instrument, ...term }),
  act(4, 'Unpause', { instrument }),
  act(6, 'ForcedTransfer', { ...pair, amount: fc.oneof(small, amount(15_000n)) }),
  {
    weight: 1,
    arbitrary: fc.tuple(instrument, recovery).map(
      ([at, [lost, replacement, identity]]): Act => ({
        ...{ act: 'Recover', instrument: at, lost: lost!, replacement: replacement!, identity: identity! },
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(euro, pound), fc.constantFrom(...countries), often(80)).map(
      ([at, country, may]): Act => ({
        ...{ act: 'SetCountryRule', instrument: at, country, listed: may === (at === pound) },
      }),
    ),
  },
  act(2, 'SetSupplyCap', { cap: fc.oneof(amount(80_000n), amount(2_000_000n)) }),
  act(2, 'SetHolderCap', { cap: amount(4n) }),
  act(4, 'Preapprove', {
    ...{ from: below(keyed), to: account, amount: amount(60n) },
    ...{ lasts: mostly(9, 3 * day, fc.constant(0)), uses: below(3) },
  }),
  act(2, 'SetTrustedIssuer', { issuer, topic, trusted: often(70) }),
  act(2, 'SetClaimTopic', { topic, required: often(30) }),
  act(1, 'register', { account: fc.integer({ min: keyed - 1, max: accounts - 2 }), identity }),
  act(2, 'show', { identity, issuer, topic, shown: often(85) }),
  act(2, 'judge', { identity, issuer, topic, valid: often(85) }),
)

export const until = (now: bigint, lasts: number) => (lasts === 0 ? untilLifted : now + BigInt(lasts))
