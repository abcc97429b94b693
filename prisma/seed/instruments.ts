import type { LedgerPlan } from '@/lib/chain/deploy'

type Instrument = LedgerPlan['instruments'][number]

/** Refuses those that are listed, of which there are none yet. */
const everyCountry = { mode: 'restrict' as const, listed: [] }

/** The three instruments, each with a cap of its supply; the bond may have 2,000 holders at most. A rate gives the value of one smallest unit in US cents, the reference unit of limits. */
export const instruments: readonly [Instrument, Instrument, Instrument] = [
  {
    symbol: 'USD',
    name: 'Tokenised US dollar',
    decimals: 2,
    rate: { numerator: 1n, denominator: 1n },
    modules: { countries: everyCountry, supplyCap: 100_000_000_000n },
  },
  {
    symbol: 'EUR',
    name: 'Tokenised euro',
    decimals: 2,
    rate: { numerator: 108n, denominator: 100n },
    modules: { countries: everyCountry, supplyCap: 100_000_000_000n },
  },
  {
    symbol: 'BOND-31',
    name: 'Harbour City 3.1% 2031',
    decimals: 0,
    rate: { numerator: 100_000n, denominator: 1n },
    modules: { countries: everyCountry, supplyCap: 250_000n, holderCap: 2_000 },
  },
]

export type InstrumentIndex = 0 | 1 | 2

const cents = (text: string) => {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2))
}

/** Units of each currency for one dollar, of September 2022, for currencies that become bonds of 1,000 dollars. */
const perDollar: Record<string, bigint> = {
  'Saudi Riyal': 4n,
  Rupee: 80n,
  Yuan: 7n,
  'Swiss Franc': 1n,
  Ruble: 60n,
  'UK Pound': 1n,
  'Australian Dollar': 1n,
  'Canadian Dollar': 1n,
  'Mexican Peso': 20n,
  Yen: 143n,
  Shekel: 3n,
  'Brazil Real': 5n,
}

/** Dollars and euros keep their amount to the cent; any other currency becomes a whole number of bonds, one at least. */
export function toInstrument(
  currency: string,
  amount: string,
): { instrument: InstrumentIndex; units: bigint } {
  if (currency === 'US Dollar') return { instrument: 0, units: cents(amount) }
  if (currency === 'Euro') return { instrument: 1, units: cents(amount) }
  const rate = perDollar[currency]
  if (rate === undefined) throw new Error(`AMLworld: no bond rate for currency "${currency}"`)
  const bonds = cents(amount) / rate / 100_000n
  return { instrument: 2, units: bonds > 0n ? bonds : 1n }
}

/** Value in reference units, rounded up, as the limit policy counts it. */
export const referenceValue = (instrument: InstrumentIndex, units: bigint) => {
  const { numerator, denominator } = instruments[instrument].rate
  return (units * numerator + denominator - 1n) / denominator
}

/** Limits by tier in reference units: [one transfer, 24 h, 30 d, balance]. */
const dollars = (n: number) => BigInt(n) * 100n
export const tiers = [
  { tier: 1, limits: [dollars(50_000), dollars(100_000), dollars(500_000), dollars(2_000_000)] },
  { tier: 2, limits: [dollars(2_000_000), dollars(4_000_000), dollars(20_000_000), dollars(80_000_000)] },
  {
    tier: 3,
    limits: [
      dollars(2_000_000_000),
      dollars(4_000_000_000),
      dollars(20_000_000_000),
      dollars(80_000_000_000),
    ],
  },
] as const
