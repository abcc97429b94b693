import pg from 'pg'
import { createRpc } from '../../lib/chain/rpc'
import { ledgerTables } from '../../lib/db/ledger/digest'
import { type ChainConfig, catchUp, openSession } from '../../lib/indexer/sync'
import { compareTable, linesOf } from '../../lib/indexer/twin'
import type { Cluster } from '../cluster'
import { freshDatabase } from '../postgres'
import { chainId } from './history'
import { startNode } from './node'

export type Place = Awaited<ReturnType<typeof openPlace>>

/** Two nodes, a database that is written under fire and one that is written in peace. Many seeds use one place. */
export async function openPlace(cluster: Cluster) {
  const [live, clean] = [await freshDatabase(cluster), await freshDatabase(cluster)]
  const [livePool, cleanPool] = [live, clean].map(
    ({ superUrl }) => new pg.Pool({ connectionString: superUrl, max: 2 }),
  ) as [pg.Pool, pg.Pool]
  const cleanWorker = new pg.Pool({ connectionString: clean.urls.worker, max: 4 })
  const nodes = [await startNode(), await startNode()] as const

  /** As if no seed had been here. */
  async function empty(): Promise<void> {
    const staged = ['backfill_range', 'block', 'transaction', 'receipt', 'log'].map(
      (table) => `staged.${table}`,
    )
    const tables = [...ledgerTables.map((table) => `"${table}"`), ...staged]
    const wipe = tables.map((table) => `DELETE FROM ${table};`).join('\n')
    await Promise.all([livePool.query(wipe), cleanPool.query(wipe)])
  }

  /** Indexes the chain once more, past the proxy, from the first block to the last, undisturbed. */
  async function reindex(config: ChainConfig, head: bigint): Promise<void> {
    const { verification, watch } = config
    const source = { rpc: createRpc(nodes[0].honestUrl), verification, watch }
    await catchUp(await openSession(cleanWorker, source, config, { announce: false }), head)
  }

  /** The tables in which the two databases differ, with rows of each. */
  async function compare(): Promise<string[]> {
    const differences: string[] = []
    for (const table of ledgerTables) {
      const compared = await compareTable(livePool, cleanPool, table, chainId)
      if (compared.difference) differences.push(linesOf(compared).join('\n    '))
    }
    return differences
  }

  async function close(): Promise<void> {
    await Promise.all([
      livePool.end(),
      cleanPool.end(),
      cleanWorker.end(),
      ...nodes.map((node) => node.stop()),
    ])
    await Promise.all([live.drop(), clean.drop()])
  }

  return { workerUrl: live.urls.worker, stored: livePool, nodes, empty, reindex, compare, close }
}
