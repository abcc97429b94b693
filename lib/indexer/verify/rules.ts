import type { Address } from 'viem'

/** By which rule a chain makes the hash of a header, and whether its headers carry the seals of validators. */
export type Consensus = 'plain' | 'qbft'

/** Validators from a block on, in the order of blocks: where a contract names them, or a change had no vote. */
export type PinnedValidators = { fromBlock: bigint; addresses: readonly Address[] }

/** What the blocks of a chain are held to. */
export type Verification = {
  /** Where the logs come from. `logs` is for nodes and recordings without receipts, verifies less, and is chosen. */
  facts: 'receipts' | 'logs'
  /** Every transaction must be signed for it. */
  chainId: number
  consensus: Consensus
  /** For QBFT alone. */
  validators?: readonly PinnedValidators[]
}

export type HeaderVerification = Pick<Verification, 'consensus' | 'validators'>
