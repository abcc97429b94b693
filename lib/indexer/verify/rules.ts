/** By which rule a chain makes the hash of a header, and whether its headers carry the seals of validators. */
export type Consensus = 'plain' | 'qbft'

/** What the blocks of a chain are held to. */
export type Verification = {
  /** Where the logs come from. `logs` is for nodes and recordings without receipts, verifies less, and is chosen. */
  facts: 'receipts' | 'logs'
  /** Every transaction must be signed for it. */
  chainId: number
  consensus: Consensus
}
