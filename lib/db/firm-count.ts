import { findFirstBlockSince } from './block'
import type { Tx } from './client'

export type FirmCounts = { id: number; customers: number; verified: number; refused: number }

/**
 * Customers, those verified at `now`, and transfers refused since `since` (inclusive), a firm a row.
 * Firms with none of them are left out.
 */
export async function listFirmCounts(
  tx: Tx,
  chainId: number,
  ids: readonly number[],
  now: Date,
  since: Date,
): Promise<FirmCounts[]> {
  // Beyond every block where nothing came since.
  const first = (await findFirstBlockSince(tx, chainId, since)) ?? 2n ** 62n
  return tx.$queryRaw<FirmCounts[]>`
    with customers as (
      select firm_id, count(*)::int as customers,
        (count(*) filter (where status = 2 and expiry > ${now}))::int as verified
      from identity where chain_id = ${chainId} and firm_id = any(${[...ids]}::int[]) group by firm_id
    ), refusals as (
      select from_firm, count(*)::int as refused from refused_transfer
      where chain_id = ${chainId} and from_firm = any(${[...ids]}::int[]) and block_number >= ${first} group by from_firm
    )
    select coalesce(c.firm_id, r.from_firm) as id, coalesce(customers, 0) as customers,
      coalesce(verified, 0) as verified, coalesce(refused, 0) as refused
    from customers c full join refusals r on r.from_firm = c.firm_id`
}
