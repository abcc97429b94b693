import type { Deployment } from '../chain/deployment'
import type { Finality } from '../db/ledger/chain'
import type { ChainConfig } from './sync'
import type { Consensus, PinnedValidators } from './verify/rules'
import { lower, watchOf } from './watch'

/** A chain of an installation as the indexer wants it. Verification is full: `logs` is for recordings alone. */
export function chainConfigOf(
  deployment: Deployment,
  finality: Finality,
  consensus: Consensus = 'plain',
): ChainConfig {
  const first = BigInt(deployment.startBlock)
  return {
    id: deployment.chainId,
    finality,
    startBlock: first > 1n ? first : 1n, // genesis has no transactions, and its place is the cursor's before the first
    verification: {
      facts: 'receipts',
      chainId: deployment.chainId,
      consensus,
      validators: pinnedBy(deployment),
    },
    watch: watchOf(deployment),
  }
}

/** In the order of blocks, whatever that of the file. */
const pinnedBy = ({ validators = [] }: Deployment): PinnedValidators[] =>
  validators
    .map(({ fromBlock, addresses }) => ({ fromBlock: BigInt(fromBlock), addresses: addresses.map(lower) }))
    .sort((one, other) => Number(one.fromBlock - other.fromBlock))
