import type { Tx } from './client'
import { Prisma } from './generated/client'

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

/** Where a page begins, exclusive; also the order: all of it falling, the largest share first. */
export type LimitPlace = { share: number; scope: number; subject: string; window: number }

export type LimitUseFilter = {
  chainId: number
  firmId?: number
  scope?: 0 | 2
  window?: 1 | 2
  /** Only what is at or above this share, in basis points. */
  least?: number
}

/** As at the cursor, the closest to its line first. Firms with a limit are there even if they sent nothing. */
export async function listLimitUse(
  tx: Tx,
  filter: LimitUseFilter,
  after: LimitPlace | undefined,
  take: number,
): Promise<LimitUseRecord[]> {
  const { chainId } = filter
  const beyond = after
    ? Prisma.sql`and (share, scope, subject, "window")
        < (${after.share}::int, ${after.scope}::int, ${after.subject}, ${after.window}::int)`
    : Prisma.empty
  const order = Prisma.sql`order by share desc, scope desc, subject desc, "window" desc`
  const rows = await tx.$queryRaw<Row[]>`
    select u.scope, u.subject, u."window", u.amount::text as "limit", u.used::text, u.oldest, u.share, u.tier, u.firm_id,
      f.name as firm_name, c.reference
    from (select * from limit_use where ${conditions(filter)} ${beyond} ${order} limit ${take}) u
    left join firm_directory f on f.chain_id = ${chainId} and f.id = u.firm_id
    left join customer c on u.scope = 0 and c.chain_id = ${chainId} and c.identity = u.subject ${order}`
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

/** Lines, and the firms that have them; counts no further than `most` lines. */
export async function countLimitUse(
  tx: Tx,
  filter: LimitUseFilter,
  most: number,
): Promise<{ lines: number; firms: number }> {
  const rows = await tx.$queryRaw<{ lines: number; firms: number }[]>`
    select count(*)::int as lines, count(distinct firm_id)::int as firms
    from (select firm_id from limit_use where ${conditions(filter)} limit ${most}) counted`
  return rows[0] ?? { lines: 0, firms: 0 }
}

/** Lines without a limit have no share, so they are in no list. */
function conditions({ chainId, firmId, scope, window, least = 0 }: LimitUseFilter): Prisma.Sql {
  const all = [Prisma.sql`chain_id = ${chainId} and share >= ${least}`]
  if (firmId !== undefined) all.push(Prisma.sql`firm_id = ${firmId}`)
  // As text of the statement: the index of firms alone is for the planner to find.
  if (scope !== undefined) all.push(scope === 2 ? Prisma.sql`scope = 2` : Prisma.sql`scope = 0`)
  if (window !== undefined) all.push(Prisma.sql`"window" = ${window}`)
  return Prisma.join(all, ' and ')
}

/** What counts at the cursor, and the oldest hour of it; null where nothing does. Reference units. */
export type UseRecord = {
  subject: string
  day: bigint
  month: bigint
  oldestOfDay: bigint | null
  oldestOfMonth: bigint | null
}

/** @param scope 0 identities, 2 firms (ILimitPolicy.Scope). Subjects that used nothing may be left out. */
export async function listUse(
  tx: Tx,
  chainId: number,
  scope: 0 | 2,
  subjects: readonly string[],
): Promise<UseRecord[]> {
  const rows = await tx.limitUse.findMany({ where: { chainId, scope, subject: { in: [...subjects] } } })
  const uses = new Map<string, UseRecord>()
  for (const { subject, window, used, oldest } of rows) {
    const nothing = { subject, day: 0n, month: 0n, oldestOfDay: null, oldestOfMonth: null }
    const use = uses.get(subject) ?? nothing
    const line = BigInt(used.toFixed())
    uses.set(
      subject,
      window === 1
        ? { ...use, day: line, oldestOfDay: oldest }
        : { ...use, month: line, oldestOfMonth: oldest },
    )
  }
  return [...uses.values()]
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
