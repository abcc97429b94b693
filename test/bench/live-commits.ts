import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import pino from 'pino'
import { createRpc } from '@/lib/chain/rpc'
import { chainConfigOf } from '@/lib/indexer/config'
import { runIndexer } from '@/lib/indexer/worker/run'
import { type EmittingChain, startEmittingChain } from '../emitting-chain'
import { startFaultProxy } from '../fault-proxy'
import { type FreshDatabase, freshDatabase } from '../postgres'
import { createRandom } from '../random'

type Cluster = Parameters<typeof freshDatabase>[0]
export type Commits = { heads: 'WebSocket' | 'polling'; milliseconds: number[] }

/**
 * From the node's word that a block is mined until another connection is told of its commit, once by WebSocket and once
 * through a proxy that has none, over the same random blocks of a ledger. A block every 0.6 to 1.4 s, so that no poll
 * keeps step with them.
 */
export async function* measureCommits(cluster: Cluster, blocks: number): AsyncGenerator<Commits> {
  const chain = await startEmittingChain(createRandom(11))
  const proxy = await startFaultProxy(chain.rpcUrl)
  try {
    await chain.addBlocks(20)
    yield { heads: 'WebSocket', milliseconds: await follow(cluster, chain, chain.rpcUrl, blocks) }
    yield { heads: 'polling', milliseconds: await follow(cluster, chain, proxy.rpcUrl, blocks) }
  } finally {
    await proxy.stop()
    await chain.stop()
  }
}

async function follow(cluster: Cluster, chain: EmittingChain, rpcUrl: string, blocks: number) {
  const database = await freshDatabase(cluster)
  const pool = new pg.Pool({ connectionString: database.urls.worker, max: 6 })
  const config = chainConfigOf(chain.deployment, 64)
  const source = { rpc: createRpc(rpcUrl), verification: config.verification, watch: config.watch }
  const stop = new AbortController()
  const running = runIndexer({ pool, source, config, log: pino({ level: 'silent' }) }, stop.signal)
  const committed = await listen(database)
  try {
    await until(committed, (await chain.head()).number)
    await pause(6_000) // A subscription that failed once is tried again after five seconds.
    return await followed(chain, committed, blocks)
  } finally {
    stop.abort()
    await running
    await committed.close()
    await pool.end()
    await database.drop()
  }
}

async function followed(chain: EmittingChain, committed: Committed, blocks: number): Promise<number[]> {
  const random = createRandom(12)
  const milliseconds: number[] = []
  for (let left = blocks; left > 0; left--) {
    await pause(600 + random.below(800))
    await chain.addBlocks(1)
    const mined = performance.now()
    const at = await until(committed, (await chain.head()).number)
    milliseconds.push(Math.max(0, at - mined))
  }
  return milliseconds
}

type Committed = Awaited<ReturnType<typeof listen>>

/** When each block was told of, by its number. */
async function listen({ urls }: FreshDatabase) {
  const told = new Map<bigint, number>()
  const client = new pg.Client({ connectionString: urls.gate })
  await client.connect()
  client.on('notification', ({ payload }) => told.set(BigInt(JSON.parse(payload!).block), performance.now()))
  await client.query('LISTEN plimsoll_block')
  return { told, close: () => client.end() }
}

async function until({ told }: Committed, block: bigint): Promise<number> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(2)) {
    const at = told.get(block)
    if (at !== undefined) return at
  }
  throw new Error(`Block ${block} was not committed within 30 s`)
}
