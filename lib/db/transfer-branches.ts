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
  return [
    ...(wantsSettled ? settled(filter, page).map((select) => Prisma.sql`(${select})`) : []),
    ...(wantsRefused ? [Prisma.sql`(${refused(filter, page)})`] : []),
  ]
}

const settledColumns = Prisma.sql`'settled' as kind, t.block_number, t.tx_index, t.log_index, t.tx_hash, t.time,
  t.instrument, t.amount, t."from", t."to", t.from_firm, t.to_firm, t.from_identity, t.to_identity,
  null::text as sender, null::int as code, null::text as module, null::numeric as headroom, null::text as subject,
  null::text as reason, t.cause, t.order_id, t.frozen_moved`

function settled(filter: TransferFilter, page: Page): Sql[] {
  const { outcome, finalBlock, exact } = filter
  const walk = isEstimate(page) ? undefined : walkOf(filter)
  const where = and([
    ...common(filter),
    ...sides(filter, walk?.by),
    outcome === 'pending' && Prisma.sql`t.block_number > ${finalBlock}`,
    (outcome === 'forced' || outcome === 'recovery') && Prisma.sql`t.cause = ${outcome}`,
    exact && 'logIndex' in exact && Prisma.sql`t.log_index = ${exact.logIndex}`,
    before(page, 'settled'),
  ])
  const order = Prisma.sql`${orderBy(page, 'settled')} ${limit(page)}`
  if (!walk) return [Prisma.sql`select ${settledColumns} from transfer t where ${where} ${order}`]
  const { keys, from, to } = walk
  // What both sides share is told once, by the sender's walk.
  return [
    Prisma.sql`select t.* from unnest(${keys}) key (it) cross join lateral (
      select ${settledColumns} from transfer t where ${from} = key.it and ${where} ${order}) t`,
    Prisma.sql`select t.* from unnest(${keys}) key (it) cross join lateral (
      select ${settledColumns} from transfer t
      where ${to} = key.it and (${from} is null or ${from} <> all(${keys})) and ${where} ${order}) t`,
  ]
}

/** For an estimate: each condition once, since the planner takes what is said twice for twice as rare. */
const isEstimate = ({ take }: Page): boolean => take === null

/** Few beside what settled, and only a sender's firm sees them: one walk by block, or by the reader's own firm. */
function refused(filter: TransferFilter, page: Page): Sql {
  const { outcome, exact, ownFirm } = filter
  const where = and([
    ...common(filter),
    // Row security says it too.
    ownFirm !== null && !isEstimate(page) && Prisma.sql`t.from_firm = ${ownFirm}`,
    ...sides(filter),
    outcome === 'refused-limit' && Prisma.sql`t.code between 21 and 27`,
    outcome === 'refused-kyc' && Prisma.sql`(t.code between 10 and 19)`,
    exact && 'txIndex' in exact && Prisma.sql`t.tx_index = ${exact.txIndex}`,
    before(page, 'refused'),
  ])
  return Prisma.sql`
    select 'refused' as kind, t.block_number, t.tx_index, -1 as log_index, t.tx_hash, t.time, t.instrument, t.amount,
      t."from", t."to", t.from_firm, t.to_firm, t.from_identity, a.identity as to_identity,
      t.sender, t.code::int, t.module, t.headroom, t.subject, t.reason,
      null::text as cause, null::text as order_id, 0::numeric as frozen_moved
    from (select * from refused_transfer t where ${where} ${orderBy(page, 'refused')} ${limit(page)}) t
    left join account a on a.chain_id = t.chain_id and a.address = t."to"`
}

type Walk = { by: 'accounts' | 'firms' | 'own'; keys: Sql; from: Sql; to: Sql }

function walkOf({ accounts, firms, ownFirm, exact, txHash }: TransferFilter): Walk | undefined {
  // A block or a transaction is narrower than any firm.
  if (exact || txHash) return undefined
  if (accounts) {
    const keys = Prisma.sql`${[...accounts]}::text[]`
    return { by: 'accounts', keys, from: Prisma.sql`t."from"`, to: Prisma.sql`t."to"` }
  }
  const keys = ownFirm === null ? firms : [ownFirm]
  if (!keys?.length) return undefined
  const by = ownFirm === null ? 'firms' : 'own'
  return {
    by,
    keys: Prisma.sql`${[...keys]}::int[]`,
    from: Prisma.sql`t.from_firm`,
    to: Prisma.sql`t.to_firm`,
  }
}

/** Either side is one of these; but for what the walk has seen to already. */
function sides({ firms, accounts }: TransferFilter, walked?: Walk['by']): Sql[] {
  const conditions: Sql[] = []
  if (firms?.length && walked !== 'firms') {
    const ids = Prisma.sql`any(${[...firms]}::int[])`
    conditions.push(Prisma.sql`(t.from_firm = ${ids} or t.to_firm = ${ids})`)
  }
  if (accounts && walked !== 'accounts') {
    const addresses = Prisma.sql`any(${[...accounts]}::text[])`
    conditions.push(Prisma.sql`(t."from" = ${addresses} or t."to" = ${addresses})`)
  }
  return conditions
}

function common({ chainId, instrument, amounts, fromBlock, toBlock, txHash, exact }: TransferFilter) {
  return [
    Prisma.sql`t.chain_id = ${chainId}`,
    instrument && Prisma.sql`t.instrument = ${instrument}`,
    amounts && amountsWithin(amounts),
    fromBlock !== undefined && Prisma.sql`t.block_number >= ${fromBlock}`,
    toBlock !== undefined && Prisma.sql`t.block_number <= ${toBlock}`,
    exact && Prisma.sql`t.block_number = ${exact.blockNumber}`,
    txHash && Prisma.sql`t.tx_hash = ${txHash}`,
  ]
}

function amountsWithin(amounts: NonNullable<TransferFilter['amounts']>): Sql {
  const one = amounts.map(
    ({ instrument, least, most }) => Prisma.sql`(t.instrument = ${instrument}
      and t.amount between ${least.toString()}::numeric and ${most.toString()}::numeric)`,
  )
  return one.length > 0 ? Prisma.sql`(${Prisma.join(one, ' or ')})` : Prisma.sql`false`
}

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
