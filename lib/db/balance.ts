import type { Address } from 'viem'
import type { Tx } from './client'

export type BalanceRecord = {
  account: Address
  instrument: Address
  amount: bigint
  /** Block of the last movement. */
  blockNumber: bigint
}

/** Of these accounts, all but the empty ones. */
export async function listBalances(
  tx: Tx,
  chainId: number,
  accounts: readonly string[],
): Promise<BalanceRecord[]> {
  const rows = await tx.$queryRaw<
    { account: string; instrument: string; amount: string; block_number: bigint }[]
  >`
    select account, instrument, amount::text, block_number from balance
    where chain_id = ${chainId} and account = any(${[...accounts]}::text[]) and amount > 0
    order by account, instrument`
  return rows.map((row) => ({
    account: row.account as Address,
    instrument: row.instrument as Address,
    amount: BigInt(row.amount),
    blockNumber: row.block_number,
  }))
}

export type FirmHoldingRecord = { instrument: Address; amount: bigint; holders: number }

/** What the customers of a firm hold together, an instrument a row. */
export async function listFirmHoldings(
  tx: Tx,
  chainId: number,
  firmId: number,
): Promise<FirmHoldingRecord[]> {
  const rows = await tx.holding.findMany({ where: { chainId, firmId }, orderBy: { instrument: 'asc' } })
  return rows.map(({ instrument, amount, holders }) => ({
    instrument: instrument as Address,
    amount: BigInt(amount.toFixed()),
    holders,
  }))
}

/** What all wallets of one identity hold together, an instrument a row; empty ones are left out. */
export async function listIdentityHoldings(
  tx: Tx,
  chainId: number,
  identity: string,
): Promise<{ instrument: Address; amount: bigint }[]> {
  const rows = await tx.$queryRaw<{ instrument: string; amount: string }[]>`
    select b.instrument, sum(b.amount)::text as amount from account a
    join balance b on b.chain_id = a.chain_id and b.account = a.address
    where a.chain_id = ${chainId} and a.identity = ${identity} and b.amount > 0
    group by b.instrument`
  return rows.map((row) => ({ instrument: row.instrument as Address, amount: BigInt(row.amount) }))
}

/** How many accounts of a firm, or of all, hold something, an instrument a row. */
export const listHolders = (tx: Tx, chainId: number, firmId: number | 'everybody') =>
  listFirmHoldings(tx, chainId, firmId === 'everybody' ? 0 : firmId)
