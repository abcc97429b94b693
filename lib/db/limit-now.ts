import type { Tx } from './client'

/** One limit as the index has it; undefined where the scope states none. */
export async function findLimit(
  tx: Tx,
  chainId: number,
  key: { scope: number; subject: string; window: number },
): Promise<bigint | undefined> {
  const row = await tx.limit.findUnique({
    where: { chainId_scope_subject_window: { chainId, ...key } },
    select: { amount: true },
  })
  return row ? BigInt(row.amount.toFixed(0)) : undefined
}
