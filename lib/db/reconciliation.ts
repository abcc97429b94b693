import type { Hex } from 'viem'
import type { Tx } from './client'
import type { ReconciliationModel } from './generated/models/Reconciliation'

/** One value that the chain and our tables disagree on; both as decimal text or in words. */
export type Mismatch = { what: string; chain: string; ledger: string }

export type Reconciliation = {
  id: bigint
  chainId: number
  at: Date
  /** The block both sides were read at. */
  blockNumber: bigint
  blockHash: Hex
  /** How many values were compared. */
  checked: number
  mismatches: Mismatch[]
}

export type NewReconciliation = Omit<Reconciliation, 'id' | 'at'>

export async function findLastReconciliation(tx: Tx, chainId: number): Promise<Reconciliation | undefined> {
  const row = await tx.reconciliation.findFirst({
    where: { chainId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  return row ? toRecord(row) : undefined
}

/** Newest first. */
export async function listReconciliations(tx: Tx, chainId: number, take: number): Promise<Reconciliation[]> {
  const rows = await tx.reconciliation.findMany({
    where: { chainId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take,
  })
  return rows.map(toRecord)
}

/** The worker's. */
export async function insertReconciliation(tx: Tx, result: NewReconciliation): Promise<void> {
  await tx.reconciliation.create({ data: result })
}

/** The worker's: results older than this; the last one of all stays. @returns how many */
export async function deleteReconciliations(
  tx: Tx,
  chainId: number,
  { before }: { before: Date },
): Promise<number> {
  const last = await findLastReconciliation(tx, chainId)
  const { count } = await tx.reconciliation.deleteMany({
    where: { chainId, at: { lt: before }, ...(last && { id: { not: last.id } }) },
  })
  return count
}

const toRecord = (row: ReconciliationModel): Reconciliation => ({
  ...row,
  blockHash: row.blockHash as Hex,
  mismatches: row.mismatches as Mismatch[],
})
