import type { Tx } from './client'

export type CursorRecord = {
  chainId: number
  /** The last indexed block; everything up to it is written, nothing above it. */
  number: bigint
  hash: string
  time: Date
  nodeHead: bigint
  haltReason: string | null
  updatedAt: Date
  /** Blocks below the head at which a block counts as final. */
  finality: number
}

export async function findCursor(tx: Tx, chainId: number): Promise<CursorRecord | undefined> {
  const cursor = await tx.cursor.findUnique({ where: { chainId } })
  if (!cursor) return undefined
  const chain = await tx.chain.findUnique({ where: { id: chainId }, select: { finality: true } })
  const { number, hash, time, nodeHead, haltReason, updatedAt } = cursor
  return { chainId, number, hash, time, nodeHead, haltReason, updatedAt, finality: chain?.finality ?? 0 }
}
