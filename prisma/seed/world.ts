import { createPublicClient, http } from 'viem'
import type { Deployment } from '@/lib/chain/deployment'
import { limitPolicyAbi } from '@/lib/chain/generated/limit-policy'
import { subjectWord } from '@/lib/chain/orders'
import { actsOn, chunk } from './acts'
import { type ChainWriter, openChainWriter, type PlannedCall } from './chain-writer'
import { firms } from './firms'
import { planWorld } from './plan'
import type { WorldPlan } from './world-plan'

const QUARTER = 15 * 60
const HOUR = 3_600
const DAY = 86_400
const VERIFIED = 2
const SUSPENDED = 3
const [IDENTITY, FIRM] = [0, 2]
const [ROLLING_DAY, ROLLING_MONTH] = [1, 2]

export type World = { plan: WorldPlan; blocks: number; transactions: number }

/**
 * Makes the demonstration world on a freshly founded embedded chain whose genesis is older than the history
 * (anvil --timestamp, WORLD_SPAN before `end`). A function of `seed` and `end` (UNIX seconds). Ends with the chain's
 * clock at now, mining by itself every `blockSeconds`.
 * @throws if anything settles or is refused that the plan did not foresee: a half-made world is to be thrown away.
 */
export async function buildWorld({
  rpcUrl,
  deployment,
  seed,
  end,
  blockSeconds = 2,
  progress = () => {},
}: {
  rpcUrl: string
  deployment: Deployment
  seed: string
  end: number
  blockSeconds?: number
  progress?: (done: number, total: number) => void
}): Promise<World> {
  const plan = planWorld(seed, end)
  const writer = await openChainWriter(rpcUrl, deployment.chainId)
  await writer.pause()
  const total = plan.transfers.length
  let transactions = 0
  const mine = async (time: number, calls: PlannedCall[]) => {
    transactions += calls.length
    return writer.mine(time, calls)
  }

  await takeCustomersOn(plan, deployment, mine)
  const acts = actsOn(deployment, `${seed}:history`)
  let done = 0
  let suspended = false
  for (const [time, transfers] of byBlock(plan)) {
    if (!suspended && time > end - 2 * DAY) {
      suspended = true
      const customers = plan.customers.filter((customer) => customer.ending === 'suspended')
      await mine(
        time,
        customers.map((customer) => acts.decideKyc(customer, SUSPENDED, 'K-04', time)),
      )
    }
    await mine(
      time,
      transfers.map((t) => acts.transfer(plan, t)),
    )
    done += transfers.length
    progress(done, total)
  }
  await drawLines(plan, deployment, rpcUrl, mine)

  const blocks = Number(await writer.request('eth_blockNumber'))
  await writer.resume(Math.floor(Date.now() / 1000), blockSeconds)
  return { plan, blocks, transactions }
}

type Mine = (time: number, calls: PlannedCall[]) => ReturnType<ChainWriter['mine']>

/** The first day: firms, customers, KYC decisions, generous limits for firms, opening balances. */
async function takeCustomersOn(plan: WorldPlan, deployment: Deployment, mine: Mine) {
  const acts = actsOn(deployment, `${plan.seed}:opening`)
  await mine(plan.start, acts.registerFirms())
  await mine(plan.start + 60, acts.registerCustomers(plan.customers))
  const decided = plan.customers.filter((customer) => customer.ending !== 'pending')
  const parts = chunk(decided, 100)
  let time = plan.start + QUARTER
  for (const part of parts) {
    time = await mine(
      time,
      part.map((customer) => acts.decideKyc(customer, VERIFIED, 'K-01', time)),
    )
    time += Math.floor(DAY / 2 / parts.length)
  }
  const limits = await Promise.all(
    firms.flatMap(({ id }) => [
      acts.setLimit(firmLimit(id, ROLLING_DAY, 1_000_000_000_000n), 'L-01', time),
      acts.setLimit(firmLimit(id, ROLLING_MONTH, 10_000_000_000_000n), 'L-01', time),
    ]),
  )
  await mine(time, limits)
  const mints = plan.openings.map(({ party, instrument, units }) => {
    const account = plan.customers[party.customer]?.accounts[party.account]
    if (!account) throw new Error(`World: no account ${party.account} of customer ${party.customer}`)
    return acts.mint(account.address, instrument, units)
  })
  await mine(time + QUARTER, mints)
}

const firmLimit = (firm: number, window: number, limit: bigint) => ({
  scope: FIRM,
  subject: subjectWord(firm),
  window,
  limit,
})

/** A block an hour, and one a quarter of an hour in the last day, each at the time of its last transfer. */
function byBlock(plan: WorldPlan): [number, WorldPlan['transfers']][] {
  const blocks = new Map<number, WorldPlan['transfers']>()
  for (const t of plan.transfers) {
    const step = t.time > plan.end - DAY ? QUARTER : HOUR
    const slot = Math.floor(t.time / step) * step
    blocks.set(slot, [...(blocks.get(slot) ?? []), t])
  }
  return [...blocks.values()].map((list) => [Math.max(...list.map((t) => t.time)), list])
}

/** Share of the line, in per cent, at which each firm stands when the history ends. */
const shares = [93, 88, 64, 41, 82, 22, 35, 57, 12, 73, 48, 29]

/** The last quarter of an hour: limits are drawn close to what is used, and one request goes far over its firm's line. */
async function drawLines(plan: WorldPlan, deployment: Deployment, rpcUrl: string, mine: Mine) {
  const client = createPublicClient({ transport: http(rpcUrl) })
  const acts = actsOn(deployment, `${plan.seed}:lines`)
  const used = (scope: number, subject: `0x${string}`) =>
    client.readContract({
      address: deployment.policy,
      abi: limitPolicyAbi,
      functionName: 'usedOf',
      args: [scope, subject, ROLLING_DAY],
    })
  let time = plan.end - 12 * 60
  const changes: PlannedCall[] = []
  let headroom = 0n
  for (const { id } of firms) {
    const flow = await used(FIRM, subjectWord(id))
    const limit = roundUp((flow * 100n) / BigInt(shares[id - 1] ?? 50) + 10_000_000n)
    if (id === 1) headroom = limit - flow
    changes.push(await acts.setLimit(firmLimit(id, ROLLING_DAY, limit), 'L-02', time))
  }
  const senders = new Set(
    plan.transfers
      .filter((t) => t.time > plan.end - DAY && t.refusedFor === null)
      .map((t) => t.from.customer),
  )
  for (const index of [...senders].slice(0, 12)) {
    const identity = plan.customers[index]?.identity as `0x${string}`
    const flow = await used(IDENTITY, subjectWord(identity))
    if (flow < 100_000n) continue
    const limit = {
      scope: IDENTITY,
      subject: subjectWord(identity),
      window: ROLLING_DAY,
      limit: (flow * 100n) / 96n,
    }
    changes.push(await acts.setLimit(limit, 'L-03', time))
  }
  time = await mine(time, changes)

  const from = plan.customers.findIndex((c) => c.firm === 1 && c.tier === 3 && c.ending === 'verified')
  const to = plan.customers.findIndex((c) => c.firm === 2 && c.tier === 3 && c.ending === 'verified')
  const account = plan.customers[from]?.accounts[0]
  if (!account || to < 0) throw new Error('World: no large customer to make the over-large request')
  const units = headroom + 750_000_000n
  await mine(time + 60, [acts.mint(account.address, 0, units)])
  const request = {
    time: plan.end - 6 * 60,
    from: { customer: from, account: 0 as const },
    to: { customer: to, account: 0 as const },
    instrument: 0 as const,
    units,
    refusedFor: 'limit',
  }
  await mine(request.time, [acts.transfer(plan, request)])
}

/** Up to the next 1,000 dollars: a limit that a person would have written. */
const roundUp = (cents: bigint) => ((cents + 99_999n) / 100_000n) * 100_000n
