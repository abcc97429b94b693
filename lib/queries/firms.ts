import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { noLimit } from '@/lib/compliance/limits'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { type FirmRecord, listFirms } from '@/lib/db/firm'
import { listFirmCounts } from '@/lib/db/firm-count'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { type LimitRecord, listLimits } from '@/lib/db/limit'
import { listUse, type UseRecord } from '@/lib/db/limit-use'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { type LimitLine, limitLine } from './limit-line'
import { notReader, refusePage } from './refuse-page'

export type FirmsSearch = { text?: string; after?: string }

export type FirmRow = {
  id: number
  name: string
  lei: string
  customers: number
  verified: number
  /** Transfers refused in the last 24 hours. */
  refused: number
  /** The firm's own limit for 24 hours; its `used` is what the firm's customers sent to others in them. */
  day: LimitLine
}

export type FirmsPage = { asOf: AsOf; rows: FirmRow[]; next: string | null }

const pageSize = 50

/** Firms by name. A firm sees itself alone. */
export async function getFirmsPage(officer: Officer, search: FirmsSearch): Promise<Result<FirmsPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'firms', notReader)
  const place = decodePlace(search.after)
  if (!place.ok) return refusePage(officer, 'firms', place.refusal)
  const { chainId } = env()
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const found = await listFirms(tx, {
      chainId,
      firmId: officer.firmId ?? undefined,
      text: search.text?.replaceAll('\0', ''),
      after: place.value,
      take: pageSize + 1,
    })
    const firms = found.slice(0, pageSize)
    const last = firms.at(-1)
    return accept({
      asOf,
      rows: await rowsOf(tx, firms, asOf),
      next: found.length > pageSize && last ? encodeKeyset([last.name, last.id]) : null,
    })
  })
}

async function rowsOf(tx: Tx, firms: readonly FirmRecord[], asOf: AsOf): Promise<FirmRow[]> {
  const { chainId } = env()
  const ids = firms.map(({ id }) => id)
  const now = new Date(asOf.time)
  const counts = await listFirmCounts(tx, chainId, ids, now, new Date(now.getTime() - 86_400_000))
  const use = await listUse(tx, chainId, 2, ids.map(String))
  const limits = await listLimits(tx, chainId, 2, ids.map(String))
  return firms.map(({ id, name, lei }) => {
    const count = counts.find((one) => one.id === id)
    return {
      id,
      name,
      lei,
      customers: count?.customers ?? 0,
      verified: count?.verified ?? 0,
      refused: count?.refused ?? 0,
      day: firmLine(id, 1, limits, use),
    }
  })
}

/** One transfer, 24 hours and 30 days of a firm, as at the ledger's last block. */
export async function firmLimits(tx: Tx, firmId: number, chainId: number): Promise<LimitLine[]> {
  const subjects = [String(firmId)]
  const limits = await listLimits(tx, chainId, 2, subjects)
  const use = await listUse(tx, chainId, 2, subjects)
  return ([0, 1, 2] as const).map((window) => firmLine(firmId, window, limits, use))
}

/** @param window ILimitPolicy.Window: 0 one transfer, 1 day, 2 month. A firm without a limit has none. */
export function firmLine(
  id: number,
  window: 0 | 1 | 2,
  limits: readonly LimitRecord[],
  uses: readonly UseRecord[],
): LimitLine {
  const subject = String(id)
  const limit = limits.find((one) => one.subject === subject && one.window === window)?.amount ?? noLimit
  const use = uses.find((one) => one.subject === subject)
  const facts = [
    { window: 'transfer', used: 0n, oldest: null },
    { window: 'day', used: use?.day ?? 0n, oldest: use?.oldestOfDay ?? null },
    { window: 'month', used: use?.month ?? 0n, oldest: use?.oldestOfMonth ?? null },
  ] as const
  return limitLine({ scope: 'firm', subject, limit, ...facts[window] })
}

const placeSchema = z.tuple([keysetPart.text, keysetPart.integer])

function decodePlace(after: string | undefined): Result<{ name: string; id: number } | undefined> {
  if (after === undefined) return accept(undefined)
  const place = decodeKeyset(after, placeSchema)
  return place.ok ? accept({ name: place.value[0], id: place.value[1] }) : place
}
