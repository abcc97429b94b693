import { normalTransfers, entityNames, patternTransfers, type SourceTransfer } from './amlworld'
import { addAccount, type Customer, makeCustomer } from './customers'
import { type InstrumentIndex, tiers, toInstrument, valueOf } from './instruments'
import { type RandomStream, randomStream } from './random'
import { addScenes } from './scenes'

const DAY = 86_400
const HOUR = 3_600

/** A place in the plan's customers, and which of the customer's accounts. */
export type Party = { customer: number; account: 0 | 1 }

export type PlannedTransfer = {
  time: number
  from: Party
  to: Party | 'stranger'
  instrument: InstrumentIndex
  units: bigint
  /** Null where the ledger must settle it, else why we expect a refusal. */
  refusedFor: string | null
}

export type PlannedCustomer = Customer & {
  tier: 1 | 2 | 3
  /** How KYC stands when the history ends. */
  ending: 'verified' | 'pending' | 'suspended' | 'expired' | 'expiring'
  /** UNIX seconds, exclusive. */
  expiry: number
}

export type WorldPlan = {
  seed: string
  /** UNIX seconds; `start` is when customers are taken on, `end` when live traffic takes over. */
  start: number
  end: number
  customers: PlannedCustomer[]
  transfers: PlannedTransfer[]
  /** Opening balances to mint before the first transfer. */
  openings: { party: Party; instrument: InstrumentIndex; units: bigint }[]
}

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
    customers.push({ ...makeCustomer(seed, index, id, names.get(id)), tier: 1, ending: 'verified', expiry: 0 })
    return index
  }
  const rows = [...patternTransfers(), ...normalTransfers()].map((row): Row => {
    const from = place(row.from)
    let to: Party = { customer: place(row.to), account: 0 }
    if (to.customer === from) {
      // The data set's "reinvestments": some stay within the customer, between two wallets; the rest find a counterparty.
      if (random.next() < 0.15) {
        addAccount(seed, customers[from] as Customer)
        to = { customer: from, account: 1 }
      } else {
        to = { customer: (from + random.between(1, customers.length)) % (customers.length + 1), account: 0 }
        if (to.customer >= customers.length || to.customer === from) to.customer = from === 0 ? 1 : 0
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
  const days: Map<number, bigint>[] = plan.customers.map(() => new Map())
  const most = plan.customers.map(() => 0n)
  for (const t of plan.transfers) {
    if (t.to === 'stranger' || t.to.customer === t.from.customer) continue
    const value = valueOf(t.instrument, t.units)
    const day = Math.floor(t.time / DAY)
    const flows = days[t.from.customer] as Map<number, bigint>
    flows.set(day, (flows.get(day) ?? 0n) + value)
    most[t.from.customer] = max(most[t.from.customer] as bigint, value)
    most[t.to.customer] = max(most[t.to.customer] as bigint, value / 2n)
  }
  plan.customers.forEach((customer, i) => {
    const flows = days[i] as Map<number, bigint>
    const total = [...flows.values()].reduce((a, b) => a + b, 0n)
    // Two neighbouring days bound any 25 hours from above; balances stay under twice what is sent and received.
    const day = [...flows].reduce((a, [d, v]) => max(a, v + (flows.get(d + 1) ?? 0n)), 0n)
    const found = tiers.find(
      ({ limits: [one, daily, monthly, held] }) =>
        (most[i] as bigint) <= one && day <= daily && total <= monthly && total * 2n + (most[i] as bigint) * 8n <= held,
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
  const running = new Map<string, { balance: bigint; lowest: bigint; opening: WorldPlan['openings'][number] }>()
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
    .map(({ lowest, opening }) => ({ ...opening, units: -lowest + (-lowest * BigInt(random.between(5, 60))) / 100n }))
}
