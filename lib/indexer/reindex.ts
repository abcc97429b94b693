import type { Pool } from 'pg'
import type { Rpc } from '../chain/rpc'
import { findCursor } from '../db/ledger/chain'
import { ledgerTables } from '../db/ledger/digest'
import { findRecordedRevert, openScratchLedger } from '../db/ledger/scratch'
import { listWatched } from '../db/ledger/watched-instrument'
import { type ChainConfig, catchUp, openSession } from './sync'
import { compareTable, type TableComparison } from './twin'
import { watchWith } from './watch'

/**
 * Compares the live tables, as they are at one moment, with what a clean re-index of the chain up to the same block
 * gives. Reads the live tables only. Fails if the chain reorganises under it; then it may be run again.
 */
export async function compareWithReindex(
  live: Pool,
  ownerUrl: string,
  rpc: Rpc,
  config: ChainConfig,
): Promise<{ block: bigint; hash: string; comparisons: TableComparison[] }> {
  const scratch = await openScratchLedger(ownerUrl)
  const client = await live.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const cursor = await findCursor(client, config.id)
    if (!cursor) throw new Error(`Nothing of chain ${config.id} is indexed`)
    const findRevert = (hash: string, index: number) => findRecordedRevert(live, config.id, hash, index)
    const [first] = await listWatched(client, config.id, 'filling')
    if (first)
      throw new Error(`The past of ${first.symbol} ${first.address} is still being read: compare later`)
    const watch = watchWith(config.watch, await listWatched(client, config.id, 'live'))
    const { verification } = config
    const source = { rpc, verification, watch, findRevert }
    const session = await openSession(scratch.pool, source, { ...config, watch }, { announce: false })
    await catchUp(session, cursor.number)
    if (session.cursor.hash !== cursor.hash) {
      throw new Error(
        `The node has ${session.cursor.hash} at block ${cursor.number}, the ledger ${cursor.hash}`,
      )
    }
    const comparisons: TableComparison[] = []
    for (const table of ledgerTables)
      comparisons.push(await compareTable(client, scratch.pool, table, config.id))
    return { block: cursor.number, hash: cursor.hash, comparisons }
  } finally {
    await client.query('ROLLBACK')
    client.release()
    await scratch.drop()
  }
}

export const isSame = ({ live, clean }: TableComparison) => live.digest === clean.digest
