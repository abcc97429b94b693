import type { Address, Hex } from 'viem'
import type { Tx } from './client'
import { Prisma } from './generated/client'

/**
 * What became of a freeze or a pause: it stands, stands although its review is due, ran out by itself, was lifted by an
 * order, or another took its place.
 */
export const measureStates = ['standing', 'overdue', 'lapsed', 'lifted', 'replaced'] as const
export type MeasureState = (typeof measureStates)[number]

export type MeasureRecord = {
  blockNumber: bigint
  logIndex: number
  time: Date
  orderId: Hex
  /** IOrders.Kind: 4 Freeze, 8 Pause. */
  kind: number
  instrument: Address
  symbol: string | null
  subject: Address
  /** Behind the account; null for a pause and for an account that nobody registered. */
  identity: Address | null
  /** What the firm calls its customer. */
  customer: string | null
  firmId: number | null
  firmName: string | null
  reviewBy: Date
  /** Exclusive; null: until lifted. */
  expiresAt: Date | null
  state: MeasureState
  /** When it was lifted or replaced, and by which order. */
  endedAt: Date | null
  endedBy: Hex | null
  /** Of the order, if it was prepared here and the reader may know. */
  reference: string | null
  reason: string | null
  legalText: string | null
}

export type MeasureFilter = {
  chainId: number
  /** Of the block that the answer is as at: ends and reviews are judged by it. */
  now: Date
  states?: readonly MeasureState[]
  kind?: number
  instrument?: string
  subject?: string
  firmId?: number
  /** Exclusive. */
  after?: { blockNumber: bigint; logIndex: number }
  take: number
}

/** Newest first. A firm gets its own customers' freezes and every pause: row security sees to it. */
export async function listMeasures(tx: Tx, filter: MeasureFilter): Promise<MeasureRecord[]> {
  const { chainId, states, after, take } = filter
  const rows = await tx.$queryRaw<Row[]>`
    select judged.*, i.symbol, a.identity, c.reference as customer, f.name as firm_name,
      o.reference, o.reason_text as reason, o.legal_text
    from (${judged(filter)}) judged
    left join instrument i on i.chain_id = judged.chain_id and i.address = judged.instrument
    left join account a on a.chain_id = judged.chain_id and a.address = judged.subject
    left join customer c on c.chain_id = judged.chain_id and c.identity = a.identity
    left join firm_directory f on f.chain_id = judged.chain_id and f.id = judged.firm_id
    left join officer_order o on o.chain_id = ${chainId} and o.id = judged.order_id
    where (${states === undefined} or state = any(${[...(states ?? [])]}::text[]))
      and (judged.block_number, judged.log_index) < (${after?.blockNumber ?? 2n ** 63n - 1n}, ${after?.logIndex ?? 0})
    order by judged.block_number desc, judged.log_index desc limit ${take}`
  return rows.map(toRecord)
}

/** How many stand in each state. */
export async function countMeasures(
  tx: Tx,
  filter: Omit<MeasureFilter, 'after' | 'take' | 'states'>,
): Promise<Record<MeasureState, number>> {
  const rows = await tx.$queryRaw<{ state: MeasureState; count: number }[]>`
    select state, count(*)::int as count from (${judged(filter)}) judged group by state`
  const counts = { standing: 0, overdue: 0, lapsed: 0, lifted: 0, replaced: 0 }
  for (const { state, count } of rows) counts[state] = count
  return counts
}

/**
 * A measure's own line in the history of its subject carries its order; the next line after that is its end, unless time
 * was faster.
 */
function judged({ chainId, now, kind, instrument, subject, firmId }: Omit<MeasureFilter, 'take'>) {
  return Prisma.sql`
    select m.*, ended.at as ended_at, ended.by as ended_by, case
      when ended.at is not null and ended.stays then 'replaced'
      when ended.at is not null then 'lifted'
      when m.expires_at <= ${now} then 'lapsed'
      when m.review_by < ${now} then 'overdue'
      else 'standing' end as state
    from measure m left join lateral (
      select time as at, order_id as by, stays from (
        (select time, order_id, frozen as stays, block_number, log_index from "freeze" h
          where m.kind = 4 and chain_id = m.chain_id and account = m.subject and h.instrument = m.instrument
            and (h.block_number, h.log_index) > (m.block_number, m.log_index)
            and h.order_id is distinct from m.order_id
          order by block_number, log_index limit 1)
        union all
        (select time, order_id, paused as stays, block_number, log_index from pause h
          where m.kind = 8 and chain_id = m.chain_id and h.instrument = m.instrument
            and (h.block_number, h.log_index) > (m.block_number, m.log_index)
            and h.order_id is distinct from m.order_id
          order by block_number, log_index limit 1)
      ) next where m.expires_at is null or next.time < m.expires_at
    ) ended on true
    where m.chain_id = ${chainId}
      and (${kind ?? null}::int is null or m.kind = ${kind ?? null}::int)
      and (${instrument ?? null}::text is null or m.instrument = ${instrument ?? null}::text)
      and (${subject ?? null}::text is null or m.subject = ${subject ?? null}::text)
      and (${firmId ?? null}::int is null or m.firm_id = ${firmId ?? null}::int)`
}

type Row = {
  block_number: bigint
  log_index: number
  time: Date
  order_id: string
  kind: number
  instrument: string
  symbol: string | null
  subject: string
  identity: string | null
  customer: string | null
  firm_id: number | null
  firm_name: string | null
  review_by: Date
  expires_at: Date | null
  state: MeasureState
  ended_at: Date | null
  ended_by: string | null
  reference: string | null
  reason: string | null
  legal_text: string | null
}

const toRecord = (row: Row): MeasureRecord => ({
  blockNumber: row.block_number,
  logIndex: row.log_index,
  time: row.time,
  orderId: row.order_id as Hex,
  kind: row.kind,
  instrument: row.instrument as Address,
  symbol: row.symbol,
  subject: row.subject as Address,
  identity: row.identity as Address | null,
  customer: row.customer,
  firmId: row.firm_id,
  firmName: row.firm_name,
  reviewBy: row.review_by,
  expiresAt: row.expires_at,
  state: row.state,
  endedAt: row.ended_at,
  endedBy: row.ended_by as Hex | null,
  reference: row.reference,
  reason: row.reason,
  legalText: row.legal_text,
})
