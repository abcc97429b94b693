import type { Address } from 'viem'
import type { Tx } from './client'

export type AccountRecord = { address: Address; identity: Address; firmId: number; blockNumber: bigint }

/** The wallets of one identity, oldest first. */
export async function listAccounts(tx: Tx, chainId: number, identity: string): Promise<AccountRecord[]> {
  const rows = await tx.account.findMany({
    where: { chainId, identity },
    orderBy: [{ blockNumber: 'asc' }, { address: 'asc' }],
  })
  return rows.map(({ address, identity, firmId, blockNumber }) => ({
    address: address as Address,
    identity: identity as Address,
    firmId,
    blockNumber,
  }))
}
