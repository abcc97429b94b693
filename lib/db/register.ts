import { findBlock, findFirstBlockSince } from './block'
import type { Tx } from './client'
import { findCursor } from './cursor'
import { Prisma } from './generated/client'

export type RegisterFilter = {
  chainId: number
  /** Null: all firms. */
  firmId: number | null
  /** Blocks, both inclusive. */
  first: bigint
  last: bigint
}

export type RegisterRowRecord = {
  time: Date
  block: bigint
  logIndex: number
  transaction: string
  instrument: string
  from: string
  to: string
  amount: bigint
  fromFirm: number | null
  toFirm: number | null
  fromCustomer: string | null
  toCustomer: string | null
}

export type RegisterPlace = {
  /** Blocks of the period, both inclusive; first > last where there are none. */
  first: bigint
  last: bigint
  /** The last block that is final: a register goes no further, so that no reorganisation changes it. */
  asOf: { block: bigint; hash: string; time: Date }
  genesis: string
}

/** Where a register of a period (`from` inclusive, `until` exclusive) begins and ends now; undefined: nothing is final. */
export async function findRegisterPlace(
  tx: Tx,
  chainId: number,
  from: Date,
  until: Date,
): Promise<RegisterPlace | undefined> {
  const cursor = await findCursor(tx, chainId)
  if (!cursor) return undefined
  const { number, finalBlock } = cursor
  // biome-ignore lint/complexity/useMathMinMax: these are bigints
  const block = await findBlock(tx, chainId, finalBlock < number ? finalBlock : number)
  const chain = await tx.chain.findUnique({ where: { id: chainId } })
  if (!block || !chain) return undefined
  const end = block.number
  const first = (await findFirstBlockSince(tx, chainId, from)) ?? end + 1n
  const after = (await findFirstBlockSince(tx, chainId, until)) ?? end + 1n
  return {
    first,
    last: after - 1n < end ? after - 1n : end,
    asOf: { block: end, hash: block.hash, time: block.time },
    genesis: chain.genesisHash,
  }
}

/** Counts no further than `most`. */
export async function countRegisterRows(tx: Tx, filter: RegisterFilter, most: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from transfer t where ${within(filter)} and ${concerns(filter)} limit ${most}
    ) counted`
  return rows[0]?.count ?? 0
}

/**
 * In order of block and log index, after `after` (exclusive). A customer's reference is told only of the register's
 * own firm: the same file is given to the firm.
 */
export async function listRegisterRows(
  tx: Tx,
  filter: RegisterFilter,
  after: { block: bigint; logIndex: number },
  take: number,
): Promise<RegisterRowRecord[]> {
  const { chainId, firmId } = filter
  const page = (side: Prisma.Sql) => Prisma.sql`
    (select * from transfer t where ${within(filter)} and ${side}
      and (t.block_number, t.log_index) > (${after.block}, ${after.logIndex})
      order by t.block_number, t.log_index limit ${take})`
  const found =
    firmId === null
      ? page(Prisma.sql`true`)
      : Prisma.sql`${page(Prisma.sql`t.from_firm = ${firmId}`)} union all
          ${page(Prisma.sql`t.to_firm = ${firmId} and t.from_firm is distinct from ${firmId}`)}`
  const rows = await tx.$queryRaw<Row[]>`
    select t.time, t.block_number, t.log_index, t.tx_hash, t.instrument, t."from", t."to", t.amount::text,
      t.from_firm, t.to_firm, sender.reference as from_customer, recipient.reference as to_customer
    from (${found}) t
    left join customer sender on sender.chain_id = ${chainId} and sender.identity = t.from_identity
      and (${firmId}::int is null or sender.firm_id = ${firmId}::int)
    left join customer recipient on recipient.chain_id = ${chainId} and recipient.identity = t.to_identity
      and (${firmId}::int is null or recipient.firm_id = ${firmId}::int)
    order by t.block_number, t.log_index limit ${take}`
  return rows.map((row) => ({
    time: row.time,
    block: row.block_number,
    logIndex: row.log_index,
    transaction: row.tx_hash,
    instrument: row.instrument,
    from: row.from,
    to: row.to,
    amount: BigInt(row.amount),
    fromFirm: row.from_firm,
    toFirm: row.to_firm,
    fromCustomer: row.from_customer,
    toCustomer: row.to_customer,
  }))
}

const within = ({ chainId, first, last }: RegisterFilter): Prisma.Sql =>
  Prisma.sql`t.chain_id = ${chainId} and t.block_number between ${first} and ${last}`

const concerns = ({ firmId }: RegisterFilter): Prisma.Sql =>
  firmId === null ? Prisma.sql`true` : Prisma.sql`(t.from_firm = ${firmId} or t.to_firm = ${firmId})`

type Row = {
  time: Date
  block_number: bigint
  log_index: number
  tx_hash: string
  instrument: string
  from: string
  to: string
  amount: string
  from_firm: number | null
  to_firm: number | null
  from_customer: string | null
  to_customer: string | null
}
