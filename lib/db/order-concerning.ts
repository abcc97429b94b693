import type { Tx } from './client'

/** What of an order its words are made of, and how it ended. */
export type ConcerningOrderRecord = {
  reference: string
  kind: number
  arguments: `0x${string}`
  subject: string
  before: Record<string, string>
  createdAt: Date
  deadline: Date
  withdrawnAt: Date | null
  outcome: 'executed' | 'cancelled' | 'rejected' | null
  outcomeTime: Date | null
}

/** Orders that concern a firm or, with `subject`, one identity of it; newest first. */
export async function listOrdersConcerning(
  tx: Tx,
  chainId: number,
  firmId: number,
  subject: string | null,
  take: number,
): Promise<ConcerningOrderRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select o.reference, o.kind, o.arguments, o.subject, o.before, o.created_at, o.deadline, o.withdrawn_at, e.outcome,
      e.time as outcome_time
    from officer_order o
    left join order_outcome e on e.chain_id = o.chain_id and e.order_id = o.id
    where o.chain_id = ${chainId} and o.firm_id = ${firmId} and (${subject}::text is null or o.subject = ${subject}::text)
    order by o.created_at desc limit ${take}`
  return rows.map(toRecord)
}

/** Orders about an instrument, which are of no one firm; newest first. */
export async function listOrdersAbout(
  tx: Tx,
  chainId: number,
  subject: string,
  take: number,
): Promise<ConcerningOrderRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select o.reference, o.kind, o.arguments, o.subject, o.before, o.created_at, o.deadline, o.withdrawn_at, e.outcome,
      e.time as outcome_time
    from officer_order o
    left join order_outcome e on e.chain_id = o.chain_id and e.order_id = o.id
    where o.chain_id = ${chainId} and o.subject = ${subject} order by o.created_at desc limit ${take}`
  return rows.map(toRecord)
}

const toRecord = ({ created_at, withdrawn_at, outcome_time, ...row }: Row): ConcerningOrderRecord => ({
  ...row,
  createdAt: created_at,
  withdrawnAt: withdrawn_at,
  outcomeTime: outcome_time,
})

type Row = Omit<ConcerningOrderRecord, 'createdAt' | 'withdrawnAt' | 'outcomeTime'> & {
  created_at: Date
  withdrawn_at: Date | null
  outcome_time: Date | null
}
