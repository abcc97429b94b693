import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { withSnapshot } from '@/lib/db/client'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { countMeasures, listMeasures, type MeasureState } from '@/lib/db/measure'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { type MeasureRow, measureRows } from './measure-row'
import { notReader, refusePage } from './refuse-page'

/** What a tab shows: a measure that is overdue for review stands all the same. */
const tabs = {
  standing: ['standing', 'overdue'],
  overdue: ['overdue'],
  lapsed: ['lapsed'],
  lifted: ['lifted', 'replaced'],
} as const satisfies Record<string, readonly MeasureState[]>
export type MeasureTab = keyof typeof tabs

export type MeasuresSearch = { tab?: string; after?: string }

export type MeasuresPage = {
  asOf: AsOf
  tab: MeasureTab
  tabs: { tab: MeasureTab; count: number }[]
  rows: MeasureRow[]
  next: string | null
  mayPropose: boolean
}

const pageSize = 50
const placeSchema = z.tuple([keysetPart.bigint, keysetPart.integer])

/** Freezes and pauses, newest first. A firm gets its own customers' freezes, and the pauses, which concern everybody. */
export async function getMeasuresPage(
  officer: Officer,
  search: MeasuresSearch,
): Promise<Result<MeasuresPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'measures', notReader)
  const place = search.after === undefined ? undefined : decodeKeyset(search.after, placeSchema)
  if (place && !place.ok) return refusePage(officer, 'measures', place.refusal)
  const tab = (Object.keys(tabs) as MeasureTab[]).find((each) => each === search.tab) ?? 'standing'
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const filter = { chainId: env().chainId, now: new Date(asOf.time) }
    const counts = await countMeasures(tx, filter)
    const found = await listMeasures(tx, {
      ...filter,
      states: tabs[tab],
      after: place && { blockNumber: place.value[0], logIndex: place.value[1] },
      take: pageSize + 1,
    })
    const records = found.slice(0, pageSize)
    const last = found.length > pageSize ? records.at(-1) : undefined
    return accept({
      asOf,
      tab,
      tabs: (Object.keys(tabs) as MeasureTab[]).map((each) => ({
        tab: each,
        count: tabs[each].reduce((sum, state) => sum + counts[state], 0),
      })),
      rows: await measureRows(tx, officer, records),
      next: last ? encodeKeyset([last.blockNumber, last.logIndex]) : null,
      mayPropose: may(officer, 'propose:measure'),
    })
  })
}
