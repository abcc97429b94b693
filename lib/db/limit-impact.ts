import type { Tx } from './client'

export type LimitImpactRecord = {
  /** Refused by this very limit. */
  refused: number
  /** Of them, those whose shortfall fits into the rise. */
  pass: number
  senders: number
  /** Of those that pass, in reference units. */
  value: bigint
}

export type LimitImpactQuestion = {
  chainId: number
  /** Verdict codes of this limit's window. */
  code: number
  subject: string
  /** Of a customer: refusals in the name of this tier count as well, where it was the customer that they refused. */
  tier?: string | undefined
  /** New limit less old one, in reference units. */
  rise: bigint
  /** Inclusive. */
  since: Date
}

/**
 * Refusals that named this limit, each judged alone at the present reference value of its instrument: what was asked
 * less what the limit had left, rounded up, is at most the rise.
 */
export async function findLimitImpact(tx: Tx, question: LimitImpactQuestion): Promise<LimitImpactRecord> {
  const { chainId, code, subject, tier = null, rise, since } = question
  const rows = await tx.$queryRaw<Row[]>`
    with judged as (
      select t.from_identity, div(t.amount * r.numerator + r.denominator - 1, r.denominator) as value,
        div((t.amount - coalesce(t.headroom, 0)) * r.numerator + r.denominator - 1, r.denominator)
          <= ${rise.toString()}::numeric as pass
      from refused_transfer t
      join lateral (
        select numerator, denominator from rate where chain_id = t.chain_id and instrument = t.instrument
        order by block_number desc, log_index desc limit 1
      ) r on true
      where t.chain_id = ${chainId} and t.code = ${code} and t.time >= ${since}
        and (t.subject = ${subject} or (t.subject = ${tier}::text and ${subject} = case
          when t.code = ${balanceLimit} then (select a.identity from account a
            where a.chain_id = t.chain_id and a.address = t."to")
          else t.from_identity end))
    )
    select count(*)::int as refused, (count(*) filter (where pass))::int as pass,
      (count(distinct from_identity) filter (where pass))::int as senders,
      coalesce(sum(value) filter (where pass), 0)::text as value
    from judged`
  const row = rows[0]!
  return { refused: row.refused, pass: row.pass, senders: row.senders, value: BigInt(row.value) }
}

/** The one limit that is of who receives. */
const balanceLimit = 27

type Row = { refused: number; pass: number; senders: number; value: string }
