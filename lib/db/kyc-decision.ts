import type { Hex } from 'viem'
import type { Tx } from './client'

export type KycDecisionRecord = {
  blockNumber: bigint
  logIndex: number
  time: Date
  /** IIdentityRegistry.Status. */
  status: number
  tier: number
  /** Exclusive. */
  expiry: Date | null
  evidence: Hex
  orderId: Hex
}

/** The history of one identity, newest first. */
export async function listKycDecisions(
  tx: Tx,
  chainId: number,
  identity: string,
  take: number,
): Promise<KycDecisionRecord[]> {
  const rows = await tx.kycDecision.findMany({
    where: { chainId, identity },
    orderBy: [{ blockNumber: 'desc' }, { logIndex: 'desc' }],
    take,
  })
  return rows.map(({ blockNumber, logIndex, time, status, tier, expiry, evidence, orderId }) => ({
    blockNumber,
    logIndex,
    time,
    status,
    tier,
    expiry,
    evidence: evidence as Hex,
    orderId: orderId as Hex,
  }))
}
