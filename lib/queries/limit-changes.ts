import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { noLimit, type Scope, scopeName, type Window, windowName } from '@/lib/compliance/limits'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { listCustomers } from '@/lib/db/customer'
import { listFirmNames } from '@/lib/db/firm'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { type LimitChangeRecord, listLimitChanges } from '@/lib/db/limit'
import { listOrderPeople, type OrderPeopleRecord } from '@/lib/db/order-people'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { notReader, refusePage } from './refuse-page'

export type LimitChangeRow = {
  block: string
  index: number
  time: string
  scope: Scope
  subject: string
  /** Firm's name, customer's reference or 'Tier 2'; null where it is not known: show the address. */
  name: string | null
  window: Window
  /** Null: no limit. Before the first setting the policy says so too. */
  before: string | null
  after: string | null
  /** Null: no order of ours, as for the limits the ledger was founded with. */
  order: { reference: string | null; proposer: string | null; approver: string | null } | null
}

export type LimitHistoryPage = { asOf: AsOf; rows: LimitChangeRow[]; next: string | null }

const pageSize = 50

/** Every change of a limit that the officer may see, newest first. */
export async function getLimitHistoryPage(
  officer: Officer,
  search: { after?: string },
): Promise<Result<LimitHistoryPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'limits history', notReader)
  const place = search.after === undefined ? undefined : decodeKeyset(search.after, placeSchema)
  if (place && !place.ok) return refusePage(officer, 'limits history', place.refusal)
  const after = place && { blockNumber: place.value[0], logIndex: place.value[1] }
  return withSnapshot(officer, async (tx) =>
    accept({ asOf: await getAsOf(tx), ...(await readChanges(tx, officer, after, pageSize)) }),
  )
}

const placeSchema = z.tuple([keysetPart.bigint, keysetPart.integer])

/** Row security gives a firm its own and the tiers' changes. */
export async function readChanges(
  tx: Tx,
  officer: Officer,
  after: { blockNumber: bigint; logIndex: number } | undefined,
  take: number,
): Promise<{ rows: LimitChangeRow[]; next: string | null }> {
  const { chainId } = env()
  const found = await listLimitChanges(tx, { chainId, ownFirm: officer.firmId, after, take: take + 1 })
  const records = found.slice(0, take)
  const firms = await listFirmNames(tx, chainId)
  const identities = records.flatMap(({ scope, subject }) => (scope === 0 ? [subject as `0x${string}`] : []))
  const customers = await listCustomers(tx, chainId, identities)
  const people = await listOrderPeople(
    tx,
    chainId,
    records.map(({ orderId }) => orderId),
    officer.side === 'authority',
  )
  const nameOf = ({ scope, subject }: LimitChangeRecord) =>
    scope === 1
      ? `Tier ${subject}`
      : scope === 2
        ? (firms.find(({ id }) => String(id) === subject)?.name ?? `Firm ${subject}`)
        : (customers.find(({ identity }) => identity === subject)?.reference ?? null)
  const last = found.length > take ? records.at(-1) : undefined
  return {
    rows: records.map((record) => rowOf(record, nameOf(record), people)),
    next: last ? encodeKeyset([last.blockNumber, last.logIndex]) : null,
  }
}

function rowOf(
  record: LimitChangeRecord,
  name: string | null,
  people: readonly OrderPeopleRecord[],
): LimitChangeRow {
  const order = people.find(({ orderId }) => orderId === record.orderId)
  return {
    block: record.blockNumber.toString(),
    index: record.logIndex,
    time: record.time.toISOString(),
    scope: scopeName(record.scope),
    subject: record.subject,
    name,
    window: windowName(record.window),
    before: amountOf(record.before),
    after: amountOf(record.after),
    order: order ? { reference: order.reference, proposer: order.proposer, approver: order.approver } : null,
  }
}

const amountOf = (limit: bigint): string | null => (limit === noLimit ? null : limit.toString())
