import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { withSnapshot } from '@/lib/db/client'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import {
  countMeasures,
  listMeasures,
  type MeasureRecord,
  type MeasureState,
  measureStates,
} from '@/lib/db/measure'
import { listOrderPeople, type OrderPeopleRecord } from '@/lib/db/order-people'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { notReader, refusePage } from './refuse-page'

export type MeasureRow = {
  block: string
  index: number
  time: string
  kind: 'freeze' | 'pause'
  instrument: { address: string; symbol: string | null }
  /** Null for a pause, which is everybody's. */
  account: { address: string; identity: string | null; customer: string | null } | null
  firm: { id: number; name: string | null } | null
  reviewBy: string
  /** Null: until lifted. */
  expiresAt: string | null
  state: MeasureState
  /** When and by which order it was lifted or replaced. */
  endedAt: string | null
  endedBy: string | null
  order: {
    id: string
    reference: string | null
    reason: string | null
    legalText: string | null
    proposer: string | null
    approver: string | null
  }
}

export type MeasuresPage = {
  asOf: AsOf
  counts: Record<MeasureState, number>
  rows: MeasureRow[]
  next: string | null
}

const pageSize = 50
const kinds = { freeze: 4, pause: 8 } as const
const placeSchema = z.tuple([keysetPart.bigint, keysetPart.integer])

/** Freezes and pauses that the officer may see, newest first: who, what, why, until when, to be reviewed by when. */
export async function getMeasuresPage(
  officer: Officer,
  search: { after?: string; state?: string; kind?: string },
): Promise<Result<MeasuresPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'measures', notReader)
  const place = search.after === undefined ? undefined : decodeKeyset(search.after, placeSchema)
  if (place && !place.ok) return refusePage(officer, 'measures', place.refusal)
  const after = place && { blockNumber: place.value[0], logIndex: place.value[1] }
  const state = measureStates.find((one) => one === search.state)
  const kind = search.kind === 'freeze' || search.kind === 'pause' ? kinds[search.kind] : undefined
  return withSnapshot(officer, async (tx) => {
    const { chainId } = env()
    const asOf = await getAsOf(tx)
    const filter = { chainId, now: new Date(asOf.time), kind }
    const states = state && [state]
    const found = await listMeasures(tx, { ...filter, states, after, take: pageSize + 1 })
    const records = found.slice(0, pageSize)
    const ids = records.map(({ orderId }) => orderId)
    const people = await listOrderPeople(tx, chainId, ids, officer.side === 'authority')
    const last = found.length > pageSize ? records.at(-1) : undefined
    return accept({
      asOf,
      counts: await countMeasures(tx, filter),
      rows: records.map((record) => rowOf(record, people)),
      next: last ? encodeKeyset([last.blockNumber, last.logIndex]) : null,
    })
  })
}

function rowOf(record: MeasureRecord, people: readonly OrderPeopleRecord[]): MeasureRow {
  const order = people.find(({ orderId }) => orderId === record.orderId)
  const { identity, customer, reference, reason, legalText } = record
  const who = { proposer: order?.proposer ?? null, approver: order?.approver ?? null }
  return {
    block: record.blockNumber.toString(),
    index: record.logIndex,
    time: record.time.toISOString(),
    kind: record.kind === kinds.pause ? 'pause' : 'freeze',
    instrument: { address: record.instrument, symbol: record.symbol },
    account: record.kind === kinds.pause ? null : { address: record.subject, identity, customer },
    firm: record.firmId === null ? null : { id: record.firmId, name: record.firmName },
    reviewBy: record.reviewBy.toISOString(),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    state: record.state,
    endedAt: record.endedAt?.toISOString() ?? null,
    endedBy: record.endedBy,
    order: { id: record.orderId, reference, reason, legalText, ...who },
  }
}
