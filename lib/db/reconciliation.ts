import type { Address, Hex } from 'viem'
import type { Tx } from './client'
import type { ReconciliationModel } from './generated/models/Reconciliation'

/** One value that the chain and our tables disagree on; both as decimal text or in words. */
export type Mismatch = { what: string; subject: string; chain: string; ledger: string }

export type Reconciliation = {
  id: bigint
  chainId: number
  at: Date
  /** The block both sides were read at. */
  blockNumber: bigint
  blockHash: Hex
  /** Every value there is, or some of them. */
  scope: 'sample' | 'complete'
  /** How many values were compared. */
  checked: number
  mismatches: Mismatch[]
}

/** Of this scope; of either if none is given. */
export async function findLastReconciliation(
  tx: Tx,
  chainId: number,
  scope?: Reconciliation['scope'],
): Promise<Reconciliation | undefined> {
  const row = await tx.reconciliation.findFirst({
    where: { chainId, scope },
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

const toRecord = (row: ReconciliationModel): Reconciliation => ({
  ...row,
  blockHash: row.blockHash as Hex,
  scope: row.scope as Reconciliation['scope'],
  mismatches: row.mismatches as Mismatch[],
})

export type IneligibleHolder = {
  identity: Address
  /** Off-chain reference of the customer; null while the authority has none. */
  reference: string | null
  firmId: number
  reason: 'unknown' | 'not-verified' | 'expired' | 'flagged' | 'claim'
  /** At which the chain was asked. */
  blockNumber: bigint
}

/** Customers who held something and could not move it when the chain was asked last, by address. */
export async function listIneligibleHolders(
  tx: Tx,
  chainId: number,
  take: number,
): Promise<IneligibleHolder[]> {
  const rows = await tx.ineligibleHolder.findMany({ where: { chainId }, orderBy: { identity: 'asc' }, take })
  const customers = await tx.customer.findMany({
    where: { chainId, identity: { in: rows.map(({ identity }) => identity) } },
    select: { identity: true, reference: true },
  })
  const references = new Map(customers.map(({ identity, reference }) => [identity, reference]))
  return rows.map(({ identity, firmId, reason, blockNumber }) => ({
    identity: identity as Address,
    reference: references.get(identity) ?? null,
    firmId,
    reason: reason as IneligibleHolder['reason'],
    blockNumber,
  }))
}
