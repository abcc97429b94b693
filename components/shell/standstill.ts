import type { AsOf } from '@/lib/queries/as-of'

/** After this long without a block the page says so, whatever the connection believes. */
export const staleAfterMs = 60_000
/** Blocks behind the node from which the index is catching up, and the chain is not what stands still. */
const catchingUp = 5n

/** Whether the index is catching up with the node. */
export const isBehind = ({ block, nodeHead }: Pick<AsOf, 'block' | 'nodeHead'>): boolean =>
  BigInt(nodeHead) - BigInt(block) > catchingUp

type Heard = {
  asOf: Pick<AsOf, 'block' | 'nodeHead' | 'time' | 'isHalted'>
  now: Date
  /** News would arrive: that there are none says something. */
  isConnected: boolean
}

/** What keeps a page from being of now: somebody has to look, the index has to catch up, or the chain has to go on. */
export function standstillOf({ asOf, now, isConnected }: Heard): 'halted' | 'behind' | 'still' | undefined {
  if (asOf.isHalted) return 'halted'
  const isStale = now.getTime() - new Date(asOf.time).getTime() > staleAfterMs
  if (!isStale || !isConnected) return undefined
  return isBehind(asOf) ? 'behind' : 'still'
}
