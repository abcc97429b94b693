import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { createRpc, type Rpc } from '../lib/chain/rpc'
import { digestTable, ledgerTables } from '../lib/db/ledger/digest'
import { chainConfigOf } from '../lib/indexer/config'
import { compareWithReindex, isSame } from '../lib/indexer/reindex'
import { type ChainConfig, catchUp, openSession, type Session } from '../lib/indexer/sync'
import { type EmittingChain, startEmittingChain } from './emitting-chain'
import { type FaultProxy, startFaultProxy } from './fault-proxy'
import { type FreshDatabase, freshDatabase } from './postgres'
import { createRandom } from './random'

/** For the top of a test file: a chain with a random history, a node in between that can lie, an empty database. */
export function setUpIndexing({
  seed,
  blocks,
  finality = 64,
}: {
  seed: number
  blocks: number
  finality?: number
}) {
  const place = {} as {
    chain: EmittingChain
    node: FaultProxy
    rpc: Rpc
    database: FreshDatabase
    pool: pg.Pool
    config: ChainConfig
  }
  beforeAll(async () => {
    place.database = await freshDatabase()
    place.pool = new pg.Pool({ connectionString: place.database.urls.worker, max: 6 })
    place.chain = await startEmittingChain(createRandom(seed))
    await place.chain.addBlocks(blocks)
    place.node = await startFaultProxy(place.chain.rpcUrl)
    place.rpc = createRpc(place.node.rpcUrl)
    place.config = chainConfigOf(place.chain.deployment, finality)
  })
  afterAll(async () => {
    await place.pool.end()
    await place.node.stop()
    await place.chain.stop()
    await place.database.drop()
  })

  const open = (pool = place.pool): Promise<Session> => {
    const { verification, watch } = place.config
    return openSession(pool, { rpc: place.rpc, verification, watch }, place.config)
  }
  /** A session that has written everything up to a block, or to the head. */
  const index = async (upTo?: bigint): Promise<Session> => {
    const session = await open()
    await catchUp(session, upTo ?? (await place.chain.head()).number)
    return session
  }
  /** Everything that the ledger holds, in one text. */
  const digest = async (): Promise<string> => {
    const digests = []
    for (const table of ledgerTables) digests.push(await digestTable(place.pool, table, place.config.id))
    return digests.map((each) => Object.values(each).join(' ')).join('\n')
  }
  /** The tables that differ from a clean re-index, with a few rows. */
  const differences = async (): Promise<string[]> => {
    const { pool, database, rpc, config } = place
    const { comparisons } = await compareWithReindex(pool, database.ownerUrl, rpc, config)
    return comparisons
      .filter((comparison) => !isSame(comparison))
      .map(
        ({ table, onlyLive, onlyClean }) =>
          `${table}: live ${onlyLive.join(' ')} clean ${onlyClean.join(' ')}`,
      )
  }
  return { place, open, index, digest, differences }
}
