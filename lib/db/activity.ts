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
 * Hours from `fromHour` on, oldest first; hours without transfers are left out. Of one firm: what it sent and received,
 * each once, and what was refused as far as it sent it. Of everybody: each transfer once.
 */
export async function listActivity(
  tx: Tx,
  chainId: number,
  fromHour: number,
  firmId: number | 'everybody',
): Promise<ActivityRecord[]> {
  const rows = await tx.activity.findMany({
    where: { chainId, hours: 1, period: { gte: fromHour }, firmId: firmId === 'everybody' ? 0 : firmId },
    orderBy: [{ period: 'asc' }, { instrument: 'asc' }],
  })
  return rows.map(({ period, instrument, settled, refused, amount }) => ({
    ...{ hour: Number(period), instrument: instrument as Address, settled, refused },
    amount: BigInt(amount.toFixed()),
  }))
}

/** Identities that hold something and may neither send nor receive it at `now`: nobody is told when that happens. No further than `most`. */
export async function countIneligibleHolders(
  tx: Tx,
  chainId: number,
  now: Date,
  most: number,
): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from (
        select chain_id, address from identity where chain_id = ${chainId} and status = any('{0,1,3,4}')
        union all
        select chain_id, address from identity
        where chain_id = ${chainId} and status = 2 and expiry <= ${now}::timestamptz
      ) i where exists (
        select 1 from account a join balance b on b.chain_id = a.chain_id and b.account = a.address and b.amount > 0
        where a.chain_id = i.chain_id and a.identity = i.address)
      limit ${most}
    ) counted`
  return rows[0]?.count ?? 0
}
