import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { scopeName, valueAt, windowName } from '@/lib/compliance/limits'
import { countIneligibleHolders, listActivity } from '@/lib/db/activity'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { listFirmNames } from '@/lib/db/firm'
import { countIdentities } from '@/lib/db/identity'
import { countLimitUse, type LimitUseRecord, listLimitUse } from '@/lib/db/limit-use'
import { listNodes } from '@/lib/db/node'
import { listRates } from '@/lib/db/rate'
import { findLastReconciliation } from '@/lib/db/reconciliation'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { isCapped, mostCounted } from '@/lib/format/number'
import { type AsOf, getAsOf } from './as-of'
import { type LimitLine, limitLine } from './limit-line'
import { getTodo, type Todo } from './overview-todo'
import { refusePage } from './refuse-page'
import { expiringDays } from './standing'

export type OverviewPage = {
  asOf: AsOf
  side: Officer['side']
  day: DayFacts
  /** `isCapped`: there may be more than `overLine`. */
  limits: { overLine: number; isCapped: boolean; of: number; lines: OverviewLine[] }
  /** Counted up to `mostCounted`. */
  kyc: { expiring: number; ineligibleHolders: number }
  /** Only for those who may read it: a firm's people may not. */
  integrity?: IntegrityFacts
  todo: Todo[]
}

export type DayFacts = {
  settled: number
  refused: number
  /** Reference units, 2 decimals: rate of now times amounts. */
  value: string
  /** The last 24 whole or begun hours, oldest first, empty ones included. */
  hours: { start: string; settled: number; refused: number; value: string }[]
}

export type OverviewLine = LimitLine & {
  firm: { id: number; name: string }
  /** Of the customer whose limit it is. */
  customer?: { identity: string; reference: string }
}

export type IntegrityFacts = {
  nodes: number
  /** Nodes that answered with a head. */
  answering: number
  /** Blocks between the index and the head of the furthest node. */
  lag: string
  reconciled?: { at: string; checked: number; mismatches: number }
}

/** Healthy and fresh? What needs me? Who is close to a line? What changed? A firm's people see their own firm's. */
export async function getOverviewPage(officer: Officer): Promise<Result<OverviewPage>> {
  if (!may(officer, 'read:ledger')) {
    return refusePage(
      officer,
      'overview',
      refuse('not-permitted', 'Your role may not read the ledger.').refusal,
    )
  }
  return withSnapshot(officer, async (tx) => {
    const { chainId } = env()
    const asOf = await getAsOf(tx)
    const now = new Date(asOf.time)
    const until = new Date(now.getTime() + expiringDays * 86_400_000)
    return accept({
      asOf,
      side: officer.side,
      day: await dayOf(tx, officer, now),
      limits: await limitsOf(tx, officer),
      kyc: {
        expiring: await countIdentities(tx, { chainId, now, standing: 'expiring', until }, mostCounted),
        ineligibleHolders: await countIneligibleHolders(tx, chainId, now, mostCounted),
      },
      ...(may(officer, 'read:integrity') && { integrity: await integrityOf(tx, asOf) }),
      todo: await getTodo(tx, officer, now),
    })
  })
}

const HOUR = 3_600_000

async function dayOf(tx: Tx, officer: Officer, now: Date): Promise<DayFacts> {
  const { chainId } = env()
  const last = Math.floor(now.getTime() / HOUR)
  const rates = new Map((await listRates(tx, chainId)).map((rate) => [rate.instrument, rate]))
  const hours = Array.from({ length: 24 }, (_, index) => ({
    hour: last - 23 + index,
    settled: 0,
    refused: 0,
    value: 0n,
  }))
  const whose = officer.side === 'authority' ? 'everybody' : (officer.firmId ?? -1)
  const activity = await listActivity(tx, chainId, last - 23, whose)
  for (const record of activity) {
    const slot = hours[record.hour - (last - 23)]
    if (!slot) continue
    const rate = rates.get(record.instrument)
    slot.settled += record.settled
    slot.refused += record.refused
    slot.value += rate ? valueAt(record.amount, rate) : 0n
  }
  return {
    settled: hours.reduce((sum, { settled }) => sum + settled, 0),
    refused: hours.reduce((sum, { refused }) => sum + refused, 0),
    value: hours.reduce((sum, { value }) => sum + value, 0n).toString(),
    hours: hours.map(({ hour, settled, refused, value }) => ({
      start: new Date(hour * HOUR).toISOString(),
      settled,
      refused,
      value: value.toString(),
    })),
  }
}

const close = 8_000
const shown = 6

/** The authority sees whole firms; a firm sees its own line and its customers'. */
async function limitsOf(tx: Tx, officer: Officer): Promise<OverviewPage['limits']> {
  const { chainId } = env()
  const isAuthority = officer.side === 'authority'
  const filter = {
    chainId,
    ...(isAuthority ? { scope: 2 as const } : { firmId: officer.firmId ?? 0 }),
  }
  const lines = await listLimitUse(tx, filter, undefined, shown)
  const over = await countLimitUse(tx, { ...filter, least: close }, mostCounted)
  const firms = await listFirmNames(tx, chainId)
  return {
    overLine: isAuthority ? over.firms : over.lines,
    isCapped: isCapped(over.lines),
    of: firms.length,
    lines: lines.map(lineOf),
  }
}

const lineOf = (record: LimitUseRecord): OverviewLine => ({
  ...limitLine({ ...record, scope: scopeName(record.scope), window: windowName(record.window) }),
  firm: { id: record.firmId, name: record.firmName ?? `Firm ${record.firmId}` },
  ...(record.reference !== null && { customer: { identity: record.subject, reference: record.reference } }),
})

async function integrityOf(tx: Tx, asOf: AsOf): Promise<IntegrityFacts> {
  const { chainId } = env()
  const nodes = await listNodes(tx, chainId)
  const last = await findLastReconciliation(tx, chainId)
  const lag = BigInt(asOf.nodeHead) - BigInt(asOf.block)
  return {
    nodes: nodes.length,
    answering: nodes.filter(({ head, error }) => head !== null && error === null).length,
    lag: lag.toString(),
    ...(last && {
      reconciled: { at: last.at.toISOString(), checked: last.checked, mismatches: last.mismatches.length },
    }),
  }
}
