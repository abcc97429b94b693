import type { Address, Hex } from 'viem'
import type { Sql } from '../db/ledger/bulk'
import type { Position } from '../db/ledger/chain'
import type { Draft, Known, PlacedLog, RevertedCall, Rows, Wanted } from './draft'
import type { Watch } from './watch'

/**
 * One noun of the ledger, from the chain to its tables and back. `want` and `collect` are pure but for the draft they
 * are given; `write` and `discardAfter` run in the transaction that moves the cursor.
 */
export type Collector = {
  /** The events it reads, as (contract, topic 0). Contracts that are not watched are left out. */
  events?: (watch: Watch) => (readonly [Address | null, Hex])[]
  /** Topics that it reads whoever emits them: of contracts that are known to be ours only later, by what ours say. */
  anywhere?: (watch: Watch) => Hex[]
  /** Contracts of which it reads whatever they say that nobody else reads. */
  rest?: (watch: Watch) => Address[]
  /** Names the stored records that `collect` will ask for. */
  want?: (log: PlacedLog, wanted: Wanted, watch: Watch) => void
  collect?: (log: PlacedLog, draft: Draft) => void
  /** The same for reverted transactions to watched instruments. */
  wantReverted?: (call: RevertedCall, wanted: Wanted) => void
  collectReverted?: (call: RevertedCall, draft: Draft) => void
  write: (sql: Sql, chainId: number, rows: Rows, known: Known) => Promise<void>
  /** Afterwards the tables are as if no block after `last` had ever been read. */
  discardAfter: (sql: Sql, chainId: number, last: Position, watch: Watch) => Promise<void>
}

/** Sums over what several collectors write; made after all of them, in the same transaction, whichever way it goes. */
export type Rollup = {
  /** Behind the blocks after `from`, up to `to`. */
  add: (sql: Sql, chainId: number, rows: Rows, from: Position, to: Position) => Promise<void>
  /** Behind a discard: as it would be if no block after `last` had ever been read. */
  rebuild: (sql: Sql, chainId: number, last: Position) => Promise<void>
}
