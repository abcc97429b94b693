import type { Pool } from 'pg'
import { upstreamsOf } from '../../chain/upstreams'
import { type Finality, finalBlockOf, findCursor, lockWriting } from '../../db/ledger/chain'
import { inTransaction } from '../../db/ledger/transaction'
import {
  beginFilling,
  listWatched,
  lockFilling,
  updateFillingFailed,
  type WatchedRow,
} from '../../db/ledger/watched-instrument'
import type { Source } from '../fetch/blocks'
import type { Watch } from '../watch'
import type { Job } from '../worker/jobs'
import { askReverts, writePast } from './past'

/** Blocks in the first piece, and in any; and what a piece is meant to hold. */
const [firstBlocks, mostBlocks, wantedEvents] = [500n, 20_000n, 1_000]

type Chain = { id: number; finality: Finality; watch: Watch }

/**
 * Reads the past of instruments that somebody asked to have watched, piece by piece and beside the indexing of new
 * blocks: only what is final, so that nothing of it is ever taken back. What is left then the writer reads itself when
 * it takes the instrument up. For who leads the chain.
 */
export function fillJob(pool: Pool, source: Source, chain: Chain): Job {
  const begun = new Set<string>()
  const run = async (signal: AbortSignal) => {
    const rows = await listWatched(pool, chain.id, 'filling')
    for (const address of begun) if (!rows.some((row) => row.address === address)) begun.delete(address)
    for (const row of rows) {
      if (signal.aborted) return
      try {
        if (!begun.has(row.address)) await beginFilling(pool, chain.id, row.address)
        begun.add(row.address)
        await fill(pool, source, chain, row, signal)
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error)
        await updateFillingFailed(pool, chain.id, row.address, words)
      }
    }
  }
  return { name: 'fill-watched', everyMs: 1000, run }
}

/** Up to the last final block. */
export async function fill(
  pool: Pool,
  { rpc }: Source,
  { id: chainId, finality, watch: { registry } }: Chain,
  instrument: WatchedRow,
  signal?: AbortSignal,
): Promise<void> {
  const past = { chainId, registry, instrument }
  let { filledTo } = instrument
  let blocks = firstBlocks
  while (!signal?.aborted) {
    const cursor = await findCursor(pool, chainId)
    if (!cursor) return
    const final = finalBlockOf(cursor, finality)
    const last = min(final, cursor.number)
    if (filledTo >= last) return
    const to = min(filledTo + blocks, last)
    const range = { from: filledTo, to }
    const reverts = await upstreamsOf(rpc).attempt((one) => askReverts(pool, one, past, range))
    const events = await inTransaction(pool, async (sql) => {
      // Accounts that are linked meanwhile change balances too: one at a time.
      await lockWriting(sql, chainId)
      const from = await lockFilling(sql, chainId, instrument)
      return from === range.from ? writePast(sql, past, range, reverts) : undefined
    })
    if (events === undefined) return // the writer, or another worker, was here
    filledTo = to
    if (events > wantedEvents) blocks = blocks > 1n ? blocks / 2n : 1n
    else if (events * 2 < wantedEvents && blocks < mostBlocks) blocks *= 2n
  }
}

const min = (a: bigint, b: bigint) => (a < b ? a : b)
