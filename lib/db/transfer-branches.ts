import { maxUint256 } from 'viem'
import { Prisma } from './generated/client'
import type { TransferFilter, TransferPage } from './transfer-filter'

type Page = Omit<TransferPage, 'take'> & { take: number | null }
type Sql = Prisma.Sql

/**
 * The selects whose union is the timeline. Each walks one index in the order of the page and stops after a page of
 * rows, so that the depth of history does not matter: by firm or account there is one walk a key and side.
 */
export function branchesOf(filter: TransferFilter, page: Page): Sql[] {
  const { outcome, exact } = filter
  const wantsSettled = exact ? 'logIndex' in exact : outcome === undefined || !outcome.startsWith('refused')
  const wantsRefused = exact ? 'txIndex' in exact : outcome === undefined || outcome.startsWith('refused')
  return [...(wantsSettled ? settled(filter, page) : []), ...(wantsRefused ? refused(filter, page) : [])].map(
    (select) => Prisma.sql`(${select})`,
  )
}

const settledColumns = Prisma.sql`'settled' as kind, t.block_number, t.tx_index, t.log_index, t.tx_hash, t.time,
  t.instrument, t.amount, t."from", t."to", t.from_firm, t.to_firm, t.from_identity, t.to_identity,
  null::text as sender, null::int as code, null::text as module, null::numeric as headroom, null::text as subject,
  null::text as reason, t.cause, t.order_id, t.frozen_moved`

function settled(filter: TransferFilter, page: Page): Sql[] {
  const { outcome, finalBlock, exact } = filter
  const order = Prisma.sql`${orderBy(page, 'settled')} ${limit(page)}`
  const where = (walk: Walk) =>
    and([
      ...common(filter, walk),
      ...sides(filter, walk),
      outcome === 'pending' && Prisma.sql`t.block_number > ${finalBlock}`,
      // As text: an index is of these alone.
      outcome === 'forced' && Prisma.sql`t.cause = 'forced'`,
      outcome === 'recovery' && Prisma.sql`t.cause = 'recovery'`,
      exact && 'logIndex' in exact && Prisma.sql`t.log_index = ${exact.logIndex}`,
      before(page, 'settled'),
    ])
  const select = (walk: Walk) =>
    Prisma.sql`select ${settledColumns} from transfer t where ${where(walk)} ${order}`
  return along(walksOf(filter, page, 'settled'), select)
}

/** Only a sender's firm sees them. */
function refused(filter: TransferFilter, page: Page): Sql[] {
  const { outcome, exact, ownFirm } = filter
  const where = (walk: Walk) =>
    and([
      ...common(filter, walk),
      // Row security says it too.
      ownFirm !== null && !isEstimate(page) && walk.by !== 'own' && Prisma.sql`t.from_firm = ${ownFirm}`,
      ...sides(filter, walk),
      outcome === 'refused-limit' && Prisma.sql`t.code between 21 and 27`,
      outcome === 'refused-kyc' && Prisma.sql`t.code between 10 and 19`,
      exact && 'txIndex' in exact && Prisma.sql`t.tx_index = ${exact.txIndex}`,
      before(page, 'refused'),
    ])
  const select = (walk: Walk) => Prisma.sql`
    select 'refused' as kind, t.block_number, t.tx_index, -1 as log_index, t.tx_hash, t.time, t.instrument, t.amount,
      t."from", t."to", t.from_firm, t.to_firm, t.from_identity, null::text as to_identity,
      t.sender, t.code::int, t.module, t.headroom, t.subject, t.reason,
      null::text as cause, null::text as order_id, 0::numeric as frozen_moved
    from refused_transfer t where ${where(walk)} ${orderBy(page, 'refused')} ${limit(page)}`
  return along(walksOf(filter, page, 'refused'), select)
}

/** For an estimate: each condition once, since the planner takes what is said twice for twice as rare. */
const isEstimate = ({ take }: Page): boolean => take === null

/** A part of what is asked for that one index can serve; `where` says it, for each of `keys` where there are some. */
type Walk = { by: 'accounts' | 'firms' | 'own' | 'nothing'; keys?: Sql; where?: Sql }

const along = (walks: Walk[], select: (walk: Walk) => Sql): Sql[] =>
  walks.map((walk) =>
    walk.keys
      ? Prisma.sql`select t.* from ${walk.keys} cross join lateral (${select(walk)}) t`
      : select(walk),
  )

function walksOf(filter: TransferFilter, page: Page, kind: Kind): Walk[] {
  const { exact, txHash, amounts } = filter
  if (isEstimate(page))
    return [{ by: 'nothing', where: amounts && Prisma.sql`(${either(amounts.map(within))})` }]
  // A block or a transaction is narrower than any side.
  const sides: Walk[] = exact || txHash ? [{ by: 'nothing' }] : sidesOf(filter, kind)
  if (!amounts) return sides
  return sides.flatMap((side) =>
    amounts.map((range) => ({ ...side, where: and([side.where, within(range)]) })),
  )
}

function sidesOf({ accounts, firms, ownFirm }: TransferFilter, kind: Kind): Walk[] {
  if (accounts) return bothSides('accounts', accounts, 'text', Prisma.sql`t."from"`, Prisma.sql`t."to"`)
  const [sent, received] = [Prisma.sql`t.from_firm`, Prisma.sql`t.to_firm`]
  if (ownFirm === null)
    return firms?.length ? bothSides('firms', firms, 'int', sent, received) : [{ by: 'nothing' }]
  const walks = bothSides('own', [ownFirm], 'int', sent, received)
  return kind === 'refused' ? walks.slice(0, 1) : walks
}

/** What both sides share is told once, by the sender's walk. One key is said as itself: the planner knows how many it has. */
function bothSides(
  by: Walk['by'],
  list: readonly (string | number)[],
  type: 'int' | 'text',
  from: Sql,
  to: Sql,
): Walk[] {
  const all = type === 'int' ? Prisma.sql`${[...list]}::int[]` : Prisma.sql`${[...list]}::text[]`
  const [it, keys] =
    list.length === 1
      ? [type === 'int' ? Prisma.sql`${list[0]}::int` : Prisma.sql`${list[0]}::text`, undefined]
      : [Prisma.sql`key.it`, Prisma.sql`unnest(${all}) key (it)`]
  return [
    { by, keys, where: Prisma.sql`${from} = ${it}` },
    { by, keys, where: Prisma.sql`${to} = ${it} and (${from} is null or ${from} <> all(${all}))` },
  ]
}

/** As PostgreSQL makes the column: an index of it can be asked past row security, and one of amounts cannot. */
function magnitudeOf(amount: bigint): bigint {
  const digits = amount.toString()
  return BigInt(digits.length) * 10n ** 17n + BigInt(digits.slice(0, 17).padEnd(17, '0'))
}

type AmountRange = NonNullable<TransferFilter['amounts']>[number]

/** Said once where the column says it all, so that the planner does not take it for rarer than it is. */
function within({ instruments, least, most }: AmountRange): Sql {
  const isExact = (amount: bigint) => amount < 10n ** 17n || amount === maxUint256
  return and([
    Prisma.sql`t.instrument = any(${[...instruments]}::text[])`,
    Prisma.sql`t.magnitude >= ${magnitudeOf(least)}`,
    most < maxUint256 && Prisma.sql`t.magnitude <= ${magnitudeOf(most)}`,
    !isExact(least) && Prisma.sql`t.amount >= ${least.toString()}::numeric`,
    !isExact(most) && Prisma.sql`t.amount <= ${most.toString()}::numeric`,
  ])
}

const either = (conditions: Sql[]): Sql =>
  conditions.length > 0 ? Prisma.join(conditions, ' or ') : Prisma.sql`false`

/** Either side is one of these; but for what the walk has seen to already. */
function sides({ firms, accounts }: TransferFilter, walk: Walk): Sql[] {
  const conditions: Sql[] = []
  if (firms?.length && walk.by !== 'firms') {
    const ids = Prisma.sql`any(${[...firms]}::int[])`
    conditions.push(Prisma.sql`(t.from_firm = ${ids} or t.to_firm = ${ids})`)
  }
  if (accounts && walk.by !== 'accounts') {
    const addresses = Prisma.sql`any(${[...accounts]}::text[])`
    conditions.push(Prisma.sql`(t."from" = ${addresses} or t."to" = ${addresses})`)
  }
  return conditions
}

const common = ({ chainId, instrument, fromBlock, toBlock, txHash, exact }: TransferFilter, walk: Walk) => [
  Prisma.sql`t.chain_id = ${chainId}`,
  walk.where,
  instrument && Prisma.sql`t.instrument = ${instrument}`,
  fromBlock !== undefined && Prisma.sql`t.block_number >= ${fromBlock}`,
  toBlock !== undefined && Prisma.sql`t.block_number <= ${toBlock}`,
  exact && Prisma.sql`t.block_number = ${exact.blockNumber}`,
  txHash &&
    Prisma.sql`(t.block_number, t.tx_index) =
      (select x.block_number, x.index from transaction x where x.chain_id = ${chainId} and x.hash = ${txHash})`,
]

type Kind = 'settled' | 'refused'

/** Strictly beyond the place; the bound on the block alone is what an index can use. */
function before({ place, direction }: Page, kind: Kind): Sql | false {
  if (!place) return false
  const tuple = Prisma.sql`(${place.blockNumber}::bigint, ${place.txIndex}::int, ${place.logIndex}::int)`
  const row = Prisma.sql`(t.block_number, t.tx_index, ${kind === 'settled' ? Prisma.sql`t.log_index` : Prisma.sql`-1`})`
  return direction === 'older'
    ? Prisma.sql`t.block_number <= ${place.blockNumber} and ${row} < ${tuple}`
    : Prisma.sql`t.block_number >= ${place.blockNumber} and ${row} > ${tuple}`
}

function orderBy({ direction, take }: Page, kind: Kind): Sql {
  if (take === null) return Prisma.empty
  const way = direction === 'older' ? Prisma.sql`desc` : Prisma.sql`asc`
  const last = kind === 'settled' ? Prisma.sql`, t.log_index ${way}` : Prisma.empty
  return Prisma.sql`order by t.block_number ${way}, t.tx_index ${way} ${last}`
}

const limit = ({ take }: Page): Sql => (take === null ? Prisma.empty : Prisma.sql`limit ${take}`)

const and = (conditions: (Sql | false | 0 | '' | undefined)[]): Sql =>
  Prisma.join(
    conditions.filter((condition): condition is Sql => Boolean(condition)),
    ' and ',
  )
