import type { Address } from 'viem'
import type { Tx } from './client'

/** What moved in one hour of block time, one entry an instrument. */
export type ActivityRecord = {
  /** UNIX time / 3600. */
  hour: number
  instrument: Address
  settled: number
  refused: number
  /** Units of the instrument, settled alone. */
  amount: bigint
}

/**
 * Hours from `fromBlock` on, oldest first; hours without transfers are left out. Of a firm's people, their firm's:
 * sent and received once each, refused as far as it sent them (row-level security).
 */
export async function listActivity(tx: Tx, chainId: number, fromBlock: bigint): Promise<ActivityRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select hour, instrument, sum(settled)::int as settled, sum(refused)::int as refused, sum(amount)::text as amount
    from (
      select floor(extract(epoch from time) / 3600)::int as hour, instrument, count(*) as settled, 0 as refused,
        sum(amount) as amount
      from transfer where chain_id = ${chainId} and block_number >= ${fromBlock} group by 1, 2
      union all
      select floor(extract(epoch from time) / 3600)::int, instrument, 0, count(*), 0
      from refused_transfer where chain_id = ${chainId} and block_number >= ${fromBlock} group by 1, 2
    ) counted
    group by hour, instrument order by hour, instrument`
  return rows.map((row) => ({ ...row, instrument: row.instrument as Address, amount: BigInt(row.amount) }))
}

/** Identities that hold something and may neither send nor receive it at `now`: nobody is told when that happens. */
export async function countIneligibleHolders(tx: Tx, chainId: number, now: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(distinct i.address)::int as count
    from identity i
    join account a on a.chain_id = i.chain_id and a.identity = i.address
    join balance b on b.chain_id = a.chain_id and b.account = a.address and b.amount > 0
    where i.chain_id = ${chainId} and not (i.status = 2 and i.expiry > ${now}::timestamptz)`
  return rows[0]?.count ?? 0
}

type Row = { hour: number; instrument: string; settled: number; refused: number; amount: string }
