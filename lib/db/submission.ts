import type { Address, Hex } from 'viem'
import type { Tx } from './client'
import type { SubmissionModel } from './generated/models/Submission'

export type SubmissionRecord = {
  chainId: number
  txHash: Hex
  orderId: Hex
  act: 'execute' | 'cancel' | 'reject'
  personId: string
  wallet: Address
  /** Of the transaction. */
  nonce: bigint
  state: 'sent' | 'accepted' | 'reverted' | 'replaced' | 'dropped' | 'mismatch'
  /** In words, where it failed. */
  detail: string
  createdAt: Date
}

export async function findSubmission(
  tx: Tx,
  chainId: number,
  txHash: Hex,
): Promise<SubmissionRecord | undefined> {
  const row = await tx.submission.findUnique({ where: { chainId_txHash: { chainId, txHash } } })
  return row ? toRecord(row) : undefined
}

/** Oldest first. */
export async function listSubmissions(tx: Tx, orderIds: readonly Hex[]): Promise<SubmissionRecord[]> {
  const rows = await tx.submission.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ createdAt: 'asc' }, { txHash: 'asc' }],
  })
  return rows.map(toRecord)
}

/** False if the hash was submitted before, whoever did it. */
export async function insertSubmission(tx: Tx, row: Omit<SubmissionRecord, 'createdAt'>): Promise<boolean> {
  const { count } = await tx.submission.createMany({ data: [row], skipDuplicates: true })
  return count === 1
}

/** What a node said later. Only of a submission that is still under way: an ended one keeps its end. */
export async function updateSubmission(
  tx: Tx,
  chainId: number,
  txHash: Hex,
  change: { state: SubmissionRecord['state']; detail: string },
): Promise<boolean> {
  const { count } = await tx.submission.updateMany({
    where: { chainId, txHash, state: { in: ['sent', 'accepted'] } },
    data: change,
  })
  return count === 1
}

const toRecord = (row: SubmissionModel): SubmissionRecord => ({
  ...row,
  txHash: row.txHash as Hex,
  orderId: row.orderId as Hex,
  act: row.act as SubmissionRecord['act'],
  wallet: row.wallet as Address,
  state: row.state as SubmissionRecord['state'],
})
