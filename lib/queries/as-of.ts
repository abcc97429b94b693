import 'server-only'
import type { Tx } from '@/lib/db/client'
import { findCursor } from '@/lib/db/cursor'
import { env } from '@/lib/env'

/** As at which block an answer holds. Block numbers are decimal strings; `time` is the block's, ISO 8601. */
export type AsOf = {
  chainId: number
  block: string
  hash: string
  time: string
  finality: 'final' | 'pending'
  nodeHead: string
}

/**
 * Read in the same transaction as the figures it dates. The indexed block counts as final once it lies `finality`
 * blocks or more below the head of the node.
 */
export async function getAsOf(tx: Tx): Promise<AsOf> {
  const chainId = env().chainId
  const cursor = await findCursor(tx, chainId)
  if (!cursor) return nothingYet(chainId)
  return {
    chainId,
    block: cursor.number.toString(),
    hash: cursor.hash,
    time: cursor.time.toISOString(),
    finality:
      cursor.finality === 0 || cursor.nodeHead - cursor.number >= cursor.finality ? 'final' : 'pending',
    nodeHead: cursor.nodeHead.toString(),
  }
}

/** Before the first block is indexed. */
const nothingYet = (chainId: number): AsOf => ({
  chainId,
  block: '0',
  hash: `0x${'0'.repeat(64)}`,
  time: new Date(0).toISOString(),
  finality: 'pending',
  nodeHead: '0',
})
