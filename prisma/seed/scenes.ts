import { makeCustomer } from './customers'
import { tiers } from './instruments'
import type { RandomStream } from './random'
import type { PlannedTransfer, WorldPlan } from './world-plan'

const DAY = 86_400
const PENDING_CUSTOMERS = 36

/**
 * What a supervisor should find in the history besides the data set: customers waiting for a KYC decision and
 * transfers that the ledger refused, each for a reason of its own.
 */
export function addScenes(plan: WorldPlan, random: RandomStream) {
  const active = plan.customers.flatMap((c, i) => (c.ending === 'verified' ? [i] : []))
  const modest = active.filter((i) => plan.customers[i]?.tier === 1)
  const lapsed = plan.customers.flatMap((c, i) =>
    c.ending === 'suspended' || c.ending === 'expired' ? [i] : [],
  )
  const pending = takeOnPending(plan)
  const otherThan = (from: number) => random.pick(active.filter((i) => i !== from))
  const recent = () => plan.end - 20 * 60 - random.between(0, 3 * DAY)
  const add = (from: number, to: number | 'stranger', units: bigint, refusedFor: string, time = recent()) => {
    const scene: PlannedTransfer = {
      time,
      from: { customer: from, account: 0 },
      to: to === 'stranger' ? to : { customer: to, account: 0 },
      instrument: 0,
      units,
      refusedFor,
    }
    plan.transfers.push(scene)
  }
  for (let i = 0; i < 24; i++) add(random.pick(active), random.pick(pending), cents(random, 500), 'recipient')
  for (let i = 0; i < 6; i++) add(random.pick(active), 'stranger', cents(random, 900), 'recipient')
  for (const i of lapsed.slice(0, 20)) {
    // After the expiry, and after the suspension that is decided two days before the end.
    const since = Math.max(
      plan.customers[i]?.ending === 'expired' ? (plan.customers[i]?.expiry ?? 0) : 0,
      plan.end - DAY,
    )
    add(i, random.pick(active), cents(random, 200), 'not verified', random.between(since, plan.end - 20 * 60))
  }
  const one = tiers[0].limits[0]
  for (let i = 0; i < 16; i++) {
    const from = random.pick(modest)
    add(from, otherThan(from), one + cents(random, 4_000), 'limit')
  }
  for (const i of withoutDollars(plan, modest).slice(0, 8)) {
    add(i, otherThan(i), cents(random, 9_000), 'balance')
  }
}

/** Customers who never had a dollar. */
function withoutDollars(plan: WorldPlan, among: number[]): number[] {
  const touched = new Set(
    plan.transfers
      .flatMap((t) => (t.instrument === 0 ? [t.from, t.to] : []))
      .map((p) => (p === 'stranger' ? -1 : p.customer)),
  )
  return among.filter((i) => !touched.has(i))
}

function takeOnPending(plan: WorldPlan): number[] {
  return Array.from({ length: PENDING_CUSTOMERS }, (_, i) => {
    const index = plan.customers.length
    const customer = makeCustomer(plan.seed, index, `pending:${i}`)
    // The first two firms have their own officers in the demonstration: both must find somebody waiting.
    if (i < 6) customer.firm = 1 + (i % 2)
    plan.customers.push({ ...customer, tier: 1, ending: 'pending', expiry: 0 })
    return index
  })
}

/** Up to `dollars`, in cents, never round. */
const cents = (random: RandomStream, dollars: number) => BigInt(random.between(100, dollars * 100))
