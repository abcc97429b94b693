import { entityNames, normalTransfers, patternTransfers, type SourceTransfer } from './amlworld'
import { addAccount, makeCustomer } from './customers'
import { type InstrumentIndex, referenceValue, tiers, toInstrument } from './instruments'
import { type RandomStream, randomStream } from './random'
import { addScenes } from './scenes'
import type { Party, PlannedCustomer, PlannedTransfer, WorldPlan } from './world-plan'

/** The world of every demonstration. */
export const SEED = 'plimsoll'

const DAY = 86_400
const HOUR = 3_600
/** Whole patterns are kept or left out: an embedded chain hashes all its state at every block, so size is time. */
const PATTERN_SHARE = 0.45
const NORMAL_SHARE = 0.4
const ROOM_FOR_SCENES = 40_000_000n

/** How long before its end the history starts, in seconds: a day of taking customers on, then the data set's days. */
export const WORLD_SPAN = 20 * DAY

/** Everything that will happen, decided before anything is sent: a pure function of a seed and an end time. */
export function planWorld(seed: string, end: number): WorldPlan {
  const random = randomStream(`${seed}:plan`)
  const { customers, rows } = readSource(seed, random)
  const shift = end - 15 * 60 - Math.max(...rows.flatMap((row) => (row.typology ? [row.time] : [])))
  const first = Math.min(...rows.map((row) => row.time)) + shift
  const transfers = rows.map((row): PlannedTransfer => {
    const time = row.typology ? row.time + shift : normalTime(random, first, end - 15 * 60)
    return { time, from: row.from, to: row.to, ...toInstrument(row.currency, row.amount), refusedFor: null }
  })
  const plan: WorldPlan = { seed, start: end - WORLD_SPAN, end, customers, transfers, openings: [] }
  setTiers(plan)
  setEndings(plan, random)
  addScenes(plan, randomStream(`${seed}:scenes`))
  plan.transfers.sort((a, b) => a.time - b.time)
  plan.openings = openingBalances(plan, random)
  return plan
}

type Row = Omit<SourceTransfer, 'from' | 'to'> & { from: Party; to: Party }

function readSource(seed: string, random: RandomStream): { customers: PlannedCustomer[]; rows: Row[] } {
  const names = entityNames()
  const places = new Map<string, number>()
  const customers: PlannedCustomer[] = []
  const place = (id: string) => {
    const known = places.get(id)
    if (known !== undefined) return known
    const index = customers.length
    places.set(id, index)
    customers.push({
      ...makeCustomer(seed, index, id, names.get(id)),
      tier: 1,
      ending: 'verified',
      expiry: 0,
    })
    return index
  }
  const kept = new Map<string, boolean>()
  const keep = ({ pattern }: SourceTransfer) => {
    if (pattern === null) return random.next() < NORMAL_SHARE
    if (!kept.has(pattern)) kept.set(pattern, random.next() < PATTERN_SHARE)
    return kept.get(pattern)
  }
  const rows = [...patternTransfers(), ...normalTransfers()].filter(keep).map((row): Row => {
    const from = place(row.from)
    let to: Party = { customer: place(row.to), account: 0 }
    if (to.customer === from) {
      // The data set's "reinvestments": some stay within the customer, between two wallets; the rest find a counterparty.
      if (random.next() < 0.15) {
        addAccount(seed, customers[from] as PlannedCustomer)
        to = { customer: from, account: 1 }
      } else {
        to = { customer: (from + random.between(1, customers.length - 1)) % customers.length, account: 0 }
      }
    }
    return { ...row, from: { customer: from, account: 0 }, to }
  })
  return { customers, rows }
}

/** Normal transfers carry one half-hour of time stamps; they are spread over the whole history, denser towards its end. */
function normalTime(random: RandomStream, first: number, last: number): number {
  const u = random.next()
  if (u < 0.25) return last - Math.floor(random.next() * DAY)
  return first + Math.floor(Math.sqrt(random.next()) * (last - first))
}

/** The lowest tier whose limits none of the customer's planned transfers would break. */
function setTiers(plan: WorldPlan) {
  const sums = plan.customers.map(() => ({
    days: new Map<number, bigint>(),
    most: 0n,
    sent: 0n,
    received: 0n,
    moved: 0n,
  }))
  for (const t of plan.transfers) {
    if (t.to === 'stranger') continue
    const [from, to] = [sums[t.from.customer], sums[t.to.customer]]
    if (!from || !to) throw new Error('World: a transfer names a customer that does not exist')
    const value = referenceValue(t.instrument, t.units)
    from.moved += value
    if (from === to) continue
    const day = Math.floor(t.time / DAY)
    from.days.set(day, (from.days.get(day) ?? 0n) + value)
    from.most = max(from.most, value)
    from.sent += value
    to.received += value
  }
  plan.customers.forEach((customer, i) => {
    const { days, most, sent, received, moved } = sums[i] as (typeof sums)[number]
    // Two neighbouring days bound any 25 hours from above; opening balances are at most 1.6 times what moves.
    const day = [...days].reduce((a, [d, value]) => max(a, value + (days.get(d + 1) ?? 0n)), 0n)
    const held = (moved * 16n) / 10n + received + ROOM_FOR_SCENES
    const found = tiers.find(
      ({ limits }) => most <= limits[0] && day <= limits[1] && sent <= limits[2] && held <= limits[3],
    )
    customer.tier = found?.tier ?? 3
  })
}

const max = (a: bigint, b: bigint) => (a > b ? a : b)

function setEndings(plan: WorldPlan, random: RandomStream) {
  const lastSent = new Map<number, number>()
  for (const t of plan.transfers) {
    for (const party of [t.from, t.to]) {
      if (party === 'stranger') continue
      lastSent.set(party.customer, Math.max(lastSent.get(party.customer) ?? 0, t.time))
    }
  }
  plan.customers.forEach((customer, i) => {
    const idle = plan.end - (lastSent.get(i) ?? plan.start)
    const draw = random.next()
    customer.expiry = plan.end + random.between(90, 900) * DAY
    if (draw < 0.03) {
      customer.ending = 'expiring'
      customer.expiry = plan.end + random.between(1, 30) * DAY - random.between(0, 20) * HOUR
    } else if (draw < 0.05 && idle > 3 * DAY) {
      customer.ending = 'expired'
      customer.expiry = plan.end - random.between(6, 60) * HOUR
    } else if (draw < 0.06 && idle > 3 * DAY) {
      customer.ending = 'suspended'
    }
  })
}

/** Enough of each instrument that no settled transfer runs short, and something over. */
function openingBalances(plan: WorldPlan, random: RandomStream): WorldPlan['openings'] {
  const running = new Map<
    string,
    { balance: bigint; lowest: bigint; opening: WorldPlan['openings'][number] }
  >()
  const move = (party: Party, instrument: InstrumentIndex, units: bigint) => {
    const key = `${party.customer}:${party.account}:${instrument}`
    const entry = running.get(key) ?? { balance: 0n, lowest: 0n, opening: { party, instrument, units: 0n } }
    entry.balance += units
    if (entry.balance < entry.lowest) entry.lowest = entry.balance
    running.set(key, entry)
  }
  for (const t of plan.transfers) {
    if (t.refusedFor === 'balance' || t.refusedFor === 'not verified') continue
    move(t.from, t.instrument, -t.units)
    if (t.to !== 'stranger' && t.refusedFor === null) move(t.to, t.instrument, t.units)
  }
  return [...running.values()]
    .filter(({ lowest }) => lowest < 0n)
    .map(({ lowest, opening }) => ({
      ...opening,
      units: -lowest + (-lowest * BigInt(random.between(5, 60))) / 100n,
    }))
}
