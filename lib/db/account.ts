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

export async function findAccount(
  tx: Tx,
  chainId: number,
  address: string,
): Promise<AccountRecord | undefined> {
  const row = await tx.account.findUnique({ where: { chainId_address: { chainId, address } } })
  return row
    ? {
        address: row.address as Address,
        identity: row.identity as Address,
        firmId: row.firmId,
        blockNumber: row.blockNumber,
      }
    : undefined
}
