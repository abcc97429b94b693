import { type Address, maxUint64, zeroAddress } from 'viem'
import type { DeployedInstrument } from '../../lib/chain/deployment'
import { instrumentAbi } from '../../lib/chain/generated/instrument'
import { addressOf, type Entry, say, transfer } from '../emitted-story'
import type { Random } from '../random'

export type Spoken = { to: Address; entries: Entry[] }

/** Instruments beside those of the script: any number, of any kind, each with movements and measures of its own. */
export function drawInstruments(random: Random): DeployedInstrument[] {
  return Array.from({ length: random.below(4) }, (_, index) => {
    const own = random.chance(0.5)
    return {
      address: addressOf('e7', index),
      symbol: `X${index}`,
      name: `Instrument "${index}"`,
      decimals: random.below(19),
      standard: own ? 'plimsoll' : 'erc20',
      history: own || random.chance(0.7) ? 'full' : 'partial',
    }
  })
}

/** What some holder's units are now, by instrument and account. Copied at every block. */
export type Holdings = ReadonlyMap<string, bigint>

const keyOf = (instrument: Address, account: Address) => `${instrument} ${account}`

export function speakFor(
  instrument: DeployedInstrument,
  holdings: Map<string, bigint>,
  random: Random,
): Spoken {
  const { address, standard } = instrument
  const anybody = () => addressOf(random.chance(0.2) ? 'ee' : 'ac', random.below(6))
  if (standard === 'plimsoll' && random.chance(0.3))
    return { to: address, entries: [measure(anybody(), random)] }
  const move = () => movement(address, anybody(), anybody(), holdings, random)
  return { to: address, entries: Array.from({ length: 1 + random.below(3) }, move) }
}

function movement(
  address: Address,
  from: Address,
  to: Address,
  holdings: Map<string, bigint>,
  random: Random,
): Entry {
  const held = holdings.get(keyOf(address, from)) ?? 0n
  const add = (account: Address, change: bigint) => {
    const key = keyOf(address, account)
    holdings.set(key, (holdings.get(key) ?? 0n) + change)
  }
  if (held === 0n || random.chance(0.2)) {
    const amount = random.amount(10n ** 24n)
    add(to, amount)
    return transfer(zeroAddress, to, amount)
  }
  const amount = random.amount(held)
  add(from, -amount)
  if (random.chance(0.15)) return transfer(from, zeroAddress, amount)
  add(to, amount)
  return transfer(from, to, amount)
}

function measure(account: Address, random: Random): Entry {
  const until = random.pick([0n, 3_000_000_000n, maxUint64])
  const roll = random.below(3)
  if (roll === 0) return say(instrumentAbi, 'PausedUntil', { until })
  if (roll === 1) return say(instrumentAbi, 'FrozenUntil', { account, until })
  return say(instrumentAbi, 'Frozen', { account, amount: random.amount(10n ** 24n) })
}
