import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** A freeze of a whole account that stands. `until` exclusive, null: until lifted. */
export type FreezeRecord = {
  account: Address
  instrument: Address
  time: Date
  blockNumber: bigint
  until: Date | null
  /** By when somebody has to look at it again; null where no measure of ours is behind it, as after a recovery. */
  reviewBy: Date | null
  orderId: Hex | null
}

/** Which of the accounts are frozen at a time, that of the block of the answer, instrument by instrument. */
export async function listFrozen(
  tx: Tx,
  chainId: number,
  accounts: readonly string[],
  at: Date,
): Promise<FreezeRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select last.account, last.instrument, last.time, last.block_number, last.until, last.order_id, m.review_by from (
      select distinct on (account, instrument) *
      from "freeze" where chain_id = ${chainId} and account = any(${[...accounts]}::text[])
      order by account, instrument, block_number desc, log_index desc
    ) last
    left join measure m on m.chain_id = last.chain_id and m.order_id = last.order_id
    where last.frozen and (last.until is null or last.until > ${at})
    order by last.account, last.instrument`
  return rows.map((row) => ({
    account: row.account as Address,
    instrument: row.instrument as Address,
    time: row.time,
    blockNumber: row.block_number,
    until: row.until,
    reviewBy: row.review_by,
    orderId: row.order_id as Hex | null,
  }))
}

export async function isFrozenNow(
  tx: Tx,
  chainId: number,
  { instrument, account }: { instrument: Address; account: Address },
  now: Date,
): Promise<boolean> {
  const frozen = await listFrozen(tx, chainId, [account], now)
  return frozen.some((freeze) => freeze.instrument === instrument)
}

/** All that is frozen of an account, which may be more than it holds. */
export type FrozenAmountRecord = {
  account: Address
  instrument: Address
  amount: bigint
  time: Date
  orderId: Hex | null
}

export async function listFrozenAmounts(
  tx: Tx,
  chainId: number,
  accounts: readonly string[],
): Promise<FrozenAmountRecord[]> {
  const rows = await tx.$queryRaw<AmountRow[]>`
    select account, instrument, amount::text, time, order_id from (
      select distinct on (account, instrument) *
      from frozen_amount where chain_id = ${chainId} and account = any(${[...accounts]}::text[])
      order by account, instrument, block_number desc, log_index desc
    ) last where amount > 0 order by account, instrument`
  return rows.map(({ order_id, ...row }) => ({
    account: row.account as Address,
    instrument: row.instrument as Address,
    amount: BigInt(row.amount),
    time: row.time,
    orderId: order_id as Hex | null,
  }))
}

type Row = {
  account: string
  instrument: string
  time: Date
  block_number: bigint
  until: Date | null
  review_by: Date | null
  order_id: string | null
}
type AmountRow = { account: string; instrument: string; amount: string; time: Date; order_id: string | null }
