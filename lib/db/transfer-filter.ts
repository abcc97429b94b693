import type { Address, Hex } from 'viem'

/** Where a row stands in the timeline of settled and refused transfers; a refused one has log index −1. */
export type TransferPlace = { blockNumber: bigint; txIndex: number; logIndex: number }

export type TransferFilter = {
  chainId: number
  /** The firm that the reader is bound to: row security says the same, this lets an index serve it. */
  ownFirm: number | null
  /** Sent or received by one of these firms. */
  firms?: readonly number[]
  /** Sent or received by one of these accounts. */
  accounts?: readonly Address[]
  instrument?: Address
  outcome?: 'settled' | 'forced' | 'recovery' | 'pending' | 'refused' | 'refused-limit' | 'refused-kyc'
  /** Bounds of amounts, inclusive, one entry for all instruments that have them; others are left out. */
  amounts?: readonly { instruments: readonly Address[]; least: bigint; most: bigint }[]
  /** Blocks, inclusive. */
  fromBlock?: bigint
  toBlock?: bigint
  /** The last block that is final: 'pending' is what settled above it. */
  finalBlock: bigint
  txHash?: Hex
  /** One row and no other. */
  exact?: { blockNumber: bigint; logIndex: number } | { blockNumber: bigint; txIndex: number }
}

export type TransferPage = {
  /** Exclusive; without it the page begins at the newest. */
  place?: TransferPlace
  direction: 'older' | 'newer'
  take: number
}
