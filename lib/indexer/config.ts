import type { Deployment } from '../chain/deployment'
import type { ChainConfig } from './sync'
import { watchOf } from './watch'

/** The chain of an installation as the indexer wants it. Verification is full: `logs` is for recordings alone. */
export function chainConfigOf(deployment: Deployment, finality: number): ChainConfig {
  const first = BigInt(deployment.startBlock)
  return {
    id: deployment.chainId,
    finality,
    startBlock: first > 1n ? first : 1n, // genesis has no transactions, and its place is the cursor's before the first
    verification: { facts: 'receipts', chainId: deployment.chainId, consensus: 'plain' },
    watch: watchOf(deployment),
  }
}
