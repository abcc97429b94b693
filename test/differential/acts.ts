import fc from 'fast-check'
import { noLimit } from '@/lib/compliance/limits'

/** What people and time may do, in small numbers that the ledger of the test gives a meaning. */
export type Act =
  | { act: 'transfer' | 'transferFrom'; instrument: number; from: number; to: number; amount: bigint }
  | { act: 'mint'; instrument: number; to: number; amount: bigint }
  | { act: 'burn'; instrument: number; from: number; amount: bigint }
  | { act: 'wait'; seconds: number }
  | { act: 'decide'; identity: number; status: number; tier: number; lasts: number }
  | { act: 'limit'; scope: number; subject: number; window: number; limit: bigint }
  | { act: 'rate'; instrument: number; numerator: bigint; denominator: bigint }
  | { act: 'screen'; identity: number; flagged: boolean }

export const accounts = 6
export const identities = 4
export const instruments = 2

const instrument = fc.nat(instruments - 1)
/** One more than there are: an account that nobody registered. */
const account = fc.nat(accounts)
const identity = fc.nat(identities - 1)
const amount = (most: bigint) => fc.bigInt(0n, most)
const hour = 3600

const moves = { instrument, from: account, to: account, amount: fc.oneof(amount(400n), amount(6000n)) }
const act = <Name extends Act['act'], Rest extends object>(
  name: Name,
  rest: { [K in keyof Rest]: fc.Arbitrary<Rest[K]> },
) => fc.record({ act: fc.constant(name), ...rest } as never) as unknown as fc.Arbitrary<{ act: Name } & Rest>

/** Mostly movements; mostly of people in good standing: a world of the suspended would show little. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 40, arbitrary: act('transfer', moves) },
  { weight: 8, arbitrary: act('transferFrom', moves) },
  { weight: 14, arbitrary: act('mint', { instrument, to: account, amount: amount(20_000n) }) },
  { weight: 4, arbitrary: act('burn', { instrument, from: account, amount: amount(3000n) }) },
  {
    weight: 14,
    arbitrary: act('wait', {
      seconds: fc.oneof(
        fc.integer({ min: 1, max: 3 * hour }),
        fc.integer({ min: hour, max: 12 * 24 * hour }),
      ),
    }),
  },
  {
    weight: 8,
    arbitrary: act('decide', {
      identity,
      status: fc.constantFrom(2, 2, 2, 2, 3, 4),
      tier: fc.constantFrom(1, 1, 2, 2, 9),
      lasts: fc.integer({ min: hour, max: 90 * 24 * hour }),
    }),
  },
  {
    weight: 8,
    arbitrary: act('limit', {
      scope: fc.nat(2),
      subject: fc.nat(3),
      window: fc.nat(3),
      limit: fc.oneof(fc.constant(noLimit), amount(3000n), amount(80_000n)),
    }),
  },
  {
    weight: 3,
    arbitrary: act('rate', { instrument, numerator: fc.bigInt(1n, 5n), denominator: fc.bigInt(1n, 5n) }),
  },
  { weight: 2, arbitrary: act('screen', { identity, flagged: fc.boolean() }) },
)
