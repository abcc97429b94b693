import type { Tx } from './client'
import type { CountedHours } from './flow'

/** One rolling limit of one firm or identity, and how much of it is used. */
export type LimitUseRecord = {
  /** 0 identity, 2 firm. */
  scope: number
  subject: string
  /** 1 day, 2 month. */
  window: number
  limit: bigint
  used: bigint
  /** The oldest counted hour; null if nothing counts. */
  oldest: bigint | null
  /** Basis points of the limit, at most 100,000. */
  share: number
  /** The limit is the tier's; null for a firm's or an identity's own. */
  tier: number | null
  firmId: number
  firmName: string | null
  /** Of the customer; null for a firm. */
  reference: string | null
}

/** Where a page begins, exclusive; also the order: largest share first, firms before identities. */
export type LimitPlace = { share: number; scope: number; subject: string; window: number }

export type LimitUseFilter = {
  chainId: number
  hours: CountedHours
  firmId?: number
  scope?: 0 | 2
  window?: 1 | 2
  /** Only what is at or above this share, in basis points. */
  least?: number
  after?: LimitPlace
  take: number
}

/**
 * The closest to its line first. Firms with a limit are there even if they sent nothing; identities once they did.
 * Shares must agree with shareOf in lib/compliance/limits.
 */
export async function listLimitUse(tx: Tx, filter: LimitUseFilter): Promise<LimitUseRecord[]> {
  const { chainId, hours, firmId = null, scope = null, window = null, least = 0, after, take } = filter
  const rows = await tx.$queryRaw<Row[]>`
    with counted as (
      select scope, subject, firm_id,
        coalesce(sum(value) filter (where hour >= ${hours.firstOfDay}), 0) as day,
        sum(value) as month,
        min(hour) filter (where hour >= ${hours.firstOfDay}) as oldest_of_day,
        min(hour) as oldest_of_month
      from flow
      where chain_id = ${chainId} and hour between ${hours.firstOfMonth} and ${hours.last} and value > 0
        and (${scope}::int is null or scope = ${scope}::int)
        and (${firmId}::int is null or firm_id = ${firmId}::int)
      group by scope, subject, firm_id
    ), used as (
      select c.scope, c.subject, c.firm_id, w."window", w.used, w.oldest from counted c
      cross join lateral (values (1, c.day, c.oldest_of_day), (2, c.month, c.oldest_of_month)) w ("window", used, oldest)
      where w.used > 0
      union all
      select l.scope, l.subject, l.firm_id, l."window", 0, null from policy_limit l
      where l.chain_id = ${chainId} and l.scope = 2 and l."window" in (1, 2)
        and (${scope}::int is null or l.scope = ${scope}::int)
        and (${firmId}::int is null or l.firm_id = ${firmId}::int)
        and not exists (
          select 1 from counted c where c.scope = 2 and c.subject = l.subject
            and case l."window" when 1 then c.day else c.month end > 0
        )
    ), line as (
      select u.*, case when u.scope = 0 and own.amount is null then i.tier end as tier,
        case when u.scope = 0 then coalesce(own.amount, tier.amount, 0) else own.amount end as amount
      from used u
      left join policy_limit own on own.chain_id = ${chainId}
        and own.scope = u.scope and own.subject = u.subject and own."window" = u."window"
      left join identity i on u.scope = 0 and i.chain_id = ${chainId} and i.address = u.subject
      left join policy_limit tier on u.scope = 0 and tier.chain_id = ${chainId}
        and tier.scope = 1 and tier.subject = i.tier::text and tier."window" = u."window"
      where ${window}::int is null or u."window" = ${window}::int
    ), measured as (
      select line.*, case
          when amount = 0 then case when used = 0 then 10000 else 100000 end
          else least(div(used * 10000, amount), 100000)
        end::int as share
      from line where amount is not null and amount <> 115792089237316195423570985008687907853269984665640564039457584007913129639935
    )
    select m.scope, m.subject, m."window", m.amount::text as "limit", m.used::text, m.oldest, m.share, m.tier, m.firm_id,
      f.name as firm_name, c.reference
    from measured m
    left join firm_directory f on f.chain_id = ${chainId} and f.id = m.firm_id
    left join customer c on m.scope = 0 and c.chain_id = ${chainId} and c.identity = m.subject
    where m.share >= ${least}
      and (${after === undefined} or (-m.share, -m.scope, m.subject, m."window")
        > (${-(after?.share ?? 0)}::int, ${-(after?.scope ?? 0)}::int, ${after?.subject ?? ''}, ${after?.window ?? 0}::int))
    order by -m.share, -m.scope, m.subject, m."window" limit ${take}`
  return rows.map((row) => ({
    scope: row.scope,
    subject: row.subject,
    window: row.window,
    limit: BigInt(row.limit),
    used: BigInt(row.used),
    oldest: row.oldest,
    share: row.share,
    tier: row.tier,
    firmId: row.firm_id,
    firmName: row.firm_name,
    reference: row.reference,
  }))
}

type Row = {
  scope: number
  subject: string
  window: number
  limit: string
  used: string
  oldest: bigint | null
  share: number
  tier: number | null
  firm_id: number
  firm_name: string | null
  reference: string | null
}
