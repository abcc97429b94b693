import 'server-only'
import {
  amountWithin,
  type Line,
  limitInForce,
  noLimit,
  remaining,
  type Scope,
  tightest,
  valueAt,
  type Window,
  windowName,
} from '@/lib/compliance/limits'
import { listIdentityHoldings } from '@/lib/db/balance'
import type { Tx } from '@/lib/db/client'
import type { IdentityRecord } from '@/lib/db/identity'
import { listInstruments } from '@/lib/db/instrument'
import { listLimits } from '@/lib/db/limit'
import { listUse } from '@/lib/db/limit-use'
import { listRates } from '@/lib/db/rate'
import { firmLine } from './firms'
import { type LimitLine, limitLine } from './limit-line'

/** As far as limits go: standing, freezes and the balance come on top. */
export type Allowance = {
  instrument: string
  symbol: string
  decimals: number
  /** Largest amount that may be sent now, in units; null: no limit binds. */
  amount: string | null
  /** Whose limit binds and which. */
  binds: { scope: Scope; window: Window } | null
}

/** The limits of an identity with their use, and what they let it send now of each instrument. */
export async function allowanceOf(
  tx: Tx,
  identity: IdentityRecord,
  chainId: number,
): Promise<{ limits: LimitLine[]; allowances: Allowance[] }> {
  const { address, firmId, tier } = identity
  const own = await listLimits(tx, chainId, 0, [address])
  const ofTier = await listLimits(tx, chainId, 1, [String(tier)])
  const ofFirm = await listLimits(tx, chainId, 2, [String(firmId)])
  const [use] = await listUse(tx, chainId, 0, [address])
  const firmUse = await listUse(tx, chainId, 2, [String(firmId)])
  const rates = await listRates(tx, chainId)
  const worth = (await listIdentityHoldings(tx, chainId, address)).reduce((sum, { instrument, amount }) => {
    const rate = rates.find((one) => one.instrument === instrument)
    return rate ? sum + valueAt(amount, rate) : sum
  }, 0n)

  const used = { transfer: 0n, day: use?.day ?? 0n, month: use?.month ?? 0n, balance: worth }
  const oldest = {
    day: use?.oldestOfDay ?? null,
    month: use?.oldestOfMonth ?? null,
    transfer: null,
    balance: null,
  }
  const limits = [0, 1, 2, 3].map((number) => {
    const window = windowName(number)
    const mine = own.find((one) => one.window === number)?.amount
    const limit = limitInForce(mine, ofTier.find((one) => one.window === number)?.amount)
    return limitLine({
      scope: 'identity',
      subject: address,
      window,
      limit,
      used: used[window],
      oldest: oldest[window],
      tier: mine === undefined ? tier : null,
    })
  })
  const lines = [
    ...limits.slice(0, 3),
    ...([0, 1, 2] as const).map((w) => firmLine(firmId, w, ofFirm, firmUse)),
  ]
  const binding = tightest(lines.map(toLine))
  const instruments = await listInstruments(tx, chainId)
  const allowances = instruments.flatMap(({ address: instrument, symbol, decimals }) => {
    const rate = rates.find((one) => one.instrument === instrument)
    if (!rate) return []
    const amount = binding && amountWithin(remaining(binding.limit, binding.used), rate)
    return {
      instrument,
      symbol,
      decimals,
      amount: amount?.toString() ?? null,
      binds: binding ? { scope: binding.scope, window: binding.window } : null,
    }
  })
  return { limits, allowances }
}

const toLine = ({ scope, subject, window, limit, used, tier }: LimitLine): Line => ({
  scope: tier === null ? scope : 'tier',
  subject,
  window,
  limit: limit === null ? noLimit : BigInt(limit),
  used: BigInt(used),
})
