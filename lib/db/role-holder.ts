import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** A wallet of the chain's role table: who stands behind it and what it may do (bits of IRoles). The authority's. */
export type RoleHolderRecord = { account: Address; person: Hex; roles: bigint; since: Date; orderId: Hex }

/** Those that hold a role now, by account. */
export async function listRoleHolders(tx: Tx, chainId: number): Promise<RoleHolderRecord[]> {
  const rows = await tx.$queryRaw<
    { account: string; person: string; roles: string; time: Date; order_id: string }[]
  >`
    select account, person, roles::text, time, order_id from (
      select distinct on (account) * from role_grant where chain_id = ${chainId}
      order by account, block_number desc, log_index desc
    ) last where roles > 0 order by account`
  return rows.map((row) => ({
    account: row.account as Address,
    person: row.person as Hex,
    roles: BigInt(row.roles),
    since: row.time,
    orderId: row.order_id as Hex,
  }))
}
