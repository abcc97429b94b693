import type { Tx } from './client'
import { Prisma } from './generated/client'

export type LimitRecord = {
  /** ILimitPolicy.Scope: 0 identity, 1 tier, 2 firm. */
  scope: number
  /** Identity address, tier or firm number as decimal text. */
  subject: string
  /** ILimitPolicy.Window: 0 one transfer, 1 day, 2 month, 3 balance. */
  window: number
  amount: bigint
  blockNumber: bigint
  time: Date
}

/** Limits as they stand, of these subjects or of all of the scope. */
export async function listLimits(
  tx: Tx,
  chainId: number,
  scope: number,
  subjects?: readonly string[],
): Promise<LimitRecord[]> {
  const rows = await tx.$queryRaw<LimitRow[]>`
    select scope, subject, "window", amount::text, block_number, time from policy_limit
    where chain_id = ${chainId} and scope = ${scope}
      and (${subjects === undefined} or subject = any(${[...(subjects ?? [])]}::text[]))
    order by subject, "window"`
  return rows.map((row) => ({
    scope: row.scope,
    subject: row.subject,
    window: row.window,
    amount: BigInt(row.amount),
    blockNumber: row.block_number,
    time: row.time,
  }))
}

export type LimitChangeRecord = {
  blockNumber: bigint
  logIndex: number
  time: Date
  scope: number
  subject: string
  window: number
  before: bigint
  after: bigint
  firmId: number | null
  orderId: string
}

export type LimitChangeFilter = {
  chainId: number
  /** Changes of this firm and its customers only; tiers, which are nobody's, are then left out. */
  firmId?: number
  /** The firm that the reader is bound to: row security says the same, and lets through tiers too. */
  ownFirm: number | null
  scope?: number
  subject?: string
  /** Exclusive. */
  after?: { blockNumber: bigint; logIndex: number }
  take: number
}

/** Newest first. */
export async function listLimitChanges(tx: Tx, filter: LimitChangeFilter): Promise<LimitChangeRecord[]> {
  const { chainId, firmId = null, ownFirm, scope = null, subject = null, after, take } = filter
  const walk = (whose: Prisma.Sql) => Prisma.sql`(
    select block_number, log_index, time, scope, subject, "window", before::text, after::text, firm_id, order_id
    from limit_change
    where chain_id = ${chainId}
      and (${firmId}::int is null or firm_id = ${firmId}::int)
      and (${scope}::int is null or scope = ${scope}::int)
      and (${subject}::text is null or subject = ${subject}::text)
      and (block_number, log_index) < (${after?.blockNumber ?? 2n ** 63n - 1n}, ${after?.logIndex ?? 0}) ${whose}
    order by block_number desc, log_index desc limit ${take})`
  const walks =
    ownFirm === null
      ? walk(Prisma.empty)
      : Prisma.sql`${walk(Prisma.sql`and firm_id = ${ownFirm}`)} union all ${walk(Prisma.sql`and firm_id is null`)}`
  const rows = await tx.$queryRaw<ChangeRow[]>`
    select * from (${walks}) found order by block_number desc, log_index desc limit ${take}`
  return rows.map((row) => ({
    blockNumber: row.block_number,
    logIndex: row.log_index,
    time: row.time,
    scope: row.scope,
    subject: row.subject,
    window: row.window,
    before: BigInt(row.before),
    after: BigInt(row.after),
    firmId: row.firm_id,
    orderId: row.order_id,
  }))
}

type LimitRow = {
  scope: number
  subject: string
  window: number
  amount: string
  block_number: bigint
  time: Date
}

type ChangeRow = {
  block_number: bigint
  log_index: number
  time: Date
  scope: number
  subject: string
  window: number
  before: string
  after: string
  firm_id: number | null
  order_id: string
}
