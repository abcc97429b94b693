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
  /** There while the indexer writes nothing more; why is the authority's to read, on the Integrity screen. */
  isHalted?: true
}

/**
 * Read in the same transaction as the figures it dates. A block is final once `finality` verified blocks follow it;
 * what the node claims its head to be says only how far the index lags.
 */
export const getAsOf = async (tx: Tx, chainId?: number): Promise<AsOf> =>
  (await getChainPlace(tx, chainId)).asOf

/** The same with the last block that is final; −1 if none is. */
export async function getChainPlace(
  tx: Tx,
  chainId = env().chainId,
): Promise<{ asOf: AsOf; finalBlock: bigint }> {
  const cursor = await findCursor(tx, chainId)
  if (!cursor) return { asOf: nothingYet(chainId), finalBlock: -1n }
  const { number, hash, time, nodeHead, finalBlock, haltReason } = cursor
  // What the node said last may be older than what was indexed since.
  // biome-ignore lint/complexity/useMathMinMax: these are bigints
  const head = nodeHead < number ? number : nodeHead
  const asOf: AsOf = {
    chainId,
    block: number.toString(),
    hash,
    time: time.toISOString(),
    finality: number <= finalBlock ? 'final' : 'pending',
    nodeHead: head.toString(),
    ...(haltReason !== null && { isHalted: true }),
  }
  return { asOf, finalBlock }
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
