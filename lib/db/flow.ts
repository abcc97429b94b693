import type { Tx } from './client'

/** UNIX hours, all inclusive: what the day and the month that end now reach back to. */
export type CountedHours = { firstOfDay: bigint; firstOfMonth: bigint; last: bigint }

/** What counts at a moment, and the oldest hour of it; null where nothing does. Reference units. */
export type UseRecord = {
  subject: string
  day: bigint
  month: bigint
  oldestOfDay: bigint | null
  oldestOfMonth: bigint | null
}

/** @param scope 0 identities, 2 firms (ILimitPolicy.Scope). Subjects without flow are left out. */
export async function listUse(
  tx: Tx,
  chainId: number,
  scope: 0 | 2,
  subjects: readonly string[],
  hours: CountedHours,
): Promise<UseRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select subject,
      coalesce(sum(value) filter (where hour >= ${hours.firstOfDay}), 0)::text as day,
      sum(value)::text as month,
      min(hour) filter (where hour >= ${hours.firstOfDay}) as oldest_of_day,
      min(hour) as oldest_of_month
    from flow
    where chain_id = ${chainId} and scope = ${scope} and subject = any(${[...subjects]}::text[])
      and hour between ${hours.firstOfMonth} and ${hours.last} and value > 0
    group by subject`
  return rows.map((row) => ({
    subject: row.subject,
    day: BigInt(row.day),
    month: BigInt(row.month),
    oldestOfDay: row.oldest_of_day,
    oldestOfMonth: row.oldest_of_month,
  }))
}

type Row = {
  subject: string
  day: string
  month: string
  oldest_of_day: bigint | null
  oldest_of_month: bigint | null
}
