import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** A transaction with its receipt, as the chain has them. */
export type TransactionFact = {
  hash: Hex
  from: Address
  to: Address | null
  nonce: bigint
  status: number
  gasUsed: bigint
  /** What a replay of a refused call returned. */
  revertData: Hex | null
}

export type LogFact = { address: Address; topics: Hex[]; data: Hex }

/** Firms see those that carry a transfer of theirs, and of no transaction the input (row-level security). */
export async function findTransactionFact(
  tx: Tx,
  chainId: number,
  blockNumber: bigint,
  index: number,
): Promise<TransactionFact | undefined> {
  const where = { chainId_blockNumber_index: { chainId, blockNumber, index } }
  const select = { hash: true, from: true, to: true, nonce: true } as const
  const transaction = await tx.transaction.findUnique({ where, select })
  const receipt = await tx.receipt.findUnique({ where })
  if (!transaction || !receipt) return undefined
  return {
    hash: transaction.hash as Hex,
    from: transaction.from as Address,
    to: transaction.to as Address | null,
    nonce: transaction.nonce,
    status: receipt.status,
    gasUsed: receipt.gasUsed,
    revertData: receipt.revertData as Hex | null,
  }
}

export async function findLogFact(
  tx: Tx,
  chainId: number,
  blockNumber: bigint,
  logIndex: number,
): Promise<LogFact | undefined> {
  const where = { chainId_blockNumber_logIndex: { chainId, blockNumber, logIndex } }
  const row = await tx.log.findUnique({ where })
  if (!row) return undefined
  const topics = [row.topic0, row.topic1, row.topic2, row.topic3].filter((topic) => topic !== null)
  return { address: row.address as Address, topics: topics as Hex[], data: row.data as Hex }
}
