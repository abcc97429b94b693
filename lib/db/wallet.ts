import type { Address } from 'viem'
import type { Tx } from './client'
import type { WalletModel } from './generated/models/Wallet'

export type Wallet = { chainId: number; address: Address; personId: string; boundAt: Date }
export type NewWallet = Omit<Wallet, 'boundAt'>

export async function findWallet(tx: Tx, chainId: number, address: Address): Promise<Wallet | undefined> {
  const row = await tx.wallet.findUnique({ where: { chainId_address: { chainId, address } } })
  return row ? toRecord(row) : undefined
}

/** Oldest binding first. */
export async function listWallets(tx: Tx, chainId: number, personId: string): Promise<Wallet[]> {
  const rows = await tx.wallet.findMany({
    where: { chainId, personId },
    orderBy: [{ boundAt: 'asc' }, { address: 'asc' }],
  })
  return rows.map(toRecord)
}

/** The gate's. @returns false if the wallet is bound already, to whomever */
export async function insertWallet(tx: Tx, wallet: NewWallet): Promise<boolean> {
  const { count } = await tx.wallet.createMany({ data: [wallet], skipDuplicates: true })
  return count === 1
}

/** Only in withOwner, for seeds: binds it to this person, whoever had it. */
export async function upsertWallet(tx: Tx, wallet: NewWallet): Promise<void> {
  const { chainId, address, personId } = wallet
  await tx.wallet.upsert({
    where: { chainId_address: { chainId, address } },
    create: wallet,
    update: { personId },
  })
}

/** The gate's. @returns false if it was not this person's */
export async function deleteWallet(tx: Tx, { chainId, address, personId }: NewWallet): Promise<boolean> {
  const { count } = await tx.wallet.deleteMany({ where: { chainId, address, personId } })
  return count === 1
}

const toRecord = (row: WalletModel): Wallet => ({ ...row, address: row.address as Address })
