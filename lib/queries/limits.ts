import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { noLimit, scopeName, type Window, windowName } from '@/lib/compliance/limits'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { listLimits } from '@/lib/db/limit'
import { type LimitPlace, type LimitUseRecord, listLimitUse } from '@/lib/db/limit-use'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { type LimitChangeRow, readChanges } from './limit-changes'
import { type LimitLine, limitLine } from './limit-line'
import { notReader, refusePage } from './refuse-page'

export type LimitsSearch = {
  kind?: 'firm' | 'customer'
  window?: 'day' | 'month'
  /** Least used share, in per cent. */
  least?: number
  after?: string
}

export type LimitUseRow = LimitLine & {
  firm: { id: number; name: string }
  /** Of the customer; null for a firm. */
  reference: string | null
}

/** The limits of one tier; null: none is stated, so nothing may be sent or held. */
export type TierRow = { tier: string; limits: Record<Window, { amount: string | null } | null> }

export type LimitsPage = {
  asOf: AsOf
  rows: LimitUseRow[]
  next: string | null
  tiers: TierRow[]
  changes: LimitChangeRow[]
  mayPropose: boolean
}

const pageSize = 25

/** Limits that roll, the closest to its line first; tiers; the last changes. */
export async function getLimitsPage(officer: Officer, search: LimitsSearch): Promise<Result<LimitsPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'limits', notReader)
  const place = decodePlace(search.after)
  if (!place.ok) return refusePage(officer, 'limits', place.refusal)
  const { chainId } = env()
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const filter = {
      chainId,
      firmId: officer.firmId ?? undefined,
      scope: search.kind && (search.kind === 'firm' ? 2 : 0),
      window: search.window && (search.window === 'day' ? 1 : 2),
      least: search.least === undefined ? undefined : search.least * 100,
    } as const
    const found = await listLimitUse(tx, filter, place.value, pageSize + 1)
    const records = found.slice(0, pageSize)
    const last = found.length > pageSize ? records.at(-1) : undefined
    return accept({
      asOf,
      rows: records.map(rowOf),
      next: last ? encodeKeyset([last.share, last.scope, last.subject, last.window]) : null,
      tiers: await tiersOf(tx),
      changes: (await readChanges(tx, officer, undefined, 6)).rows,
      mayPropose: may(officer, 'propose:limit'),
    })
  })
}

function rowOf(record: LimitUseRecord): LimitUseRow {
  const { subject, limit, used, oldest, tier, firmId, firmName, reference } = record
  const line = limitLine({
    scope: scopeName(record.scope),
    subject,
    window: windowName(record.window),
    limit,
    used,
    oldest,
    tier,
  })
  return { ...line, firm: { id: firmId, name: firmName ?? `Firm ${firmId}` }, reference }
}

async function tiersOf(tx: Tx): Promise<TierRow[]> {
  const limits = await listLimits(tx, env().chainId, 1)
  const tiers = [...new Set(limits.map(({ subject }) => subject))].toSorted((a, b) => Number(a) - Number(b))
  return tiers.map((tier) => {
    const of = (window: number) => {
      const found = limits.find((one) => one.subject === tier && one.window === window)
      return found ? { amount: found.amount === noLimit ? null : found.amount.toString() } : null
    }
    return { tier, limits: { transfer: of(0), day: of(1), month: of(2), balance: of(3) } }
  })
}

const placeSchema = z.tuple([
  z.int().min(0).max(100_000),
  z.literal([0, 2]),
  keysetPart.text,
  z.literal([1, 2]),
])

function decodePlace(after: string | undefined): Result<LimitPlace | undefined> {
  if (after === undefined) return accept(undefined)
  const place = decodeKeyset(after, placeSchema)
  if (!place.ok) return place
  const [share, scope, subject, window] = place.value
  return accept({ share, scope, subject, window })
}
