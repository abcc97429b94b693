import pg from 'pg'
import { afterAll, beforeAll, expect } from 'vitest'
import { recognise } from '../lib/chain/adapters/recognise'
import { createRpc, type Rpc } from '../lib/chain/rpc'
import { listWatched } from '../lib/db/ledger/watched-instrument'
import { chainConfigOf } from '../lib/indexer/config'
import { compareWithReindex, isSame } from '../lib/indexer/reindex'
import { type ChainConfig, catchUp, openSession, resolveReorg, type Session } from '../lib/indexer/sync'
import { adoptWatched } from '../lib/indexer/watched/adopt'
import { fill } from '../lib/indexer/watched/fill'
import { type ForeignChain, type ForeignName, startForeignChain } from './foreign-chain'
import { nobody, tellStory } from './foreign-story'
import { type FreshDatabase, freshDatabase } from './postgres'

type Place = {
  chain: ForeignChain
  database: FreshDatabase
  pool: pg.Pool
  /** Sees and changes every row. */
  root: pg.Client
  rpc: Rpc
  config: ChainConfig
  session: Session
}

/** A chain of tokens that the deployment does not name, indexed; before the tests of the file that asks for it. */
export function setUpForeignIndex(finality: number) {
  const place = {} as Place

  beforeAll(async () => {
    place.database = await freshDatabase()
    place.pool = new pg.Pool({ connectionString: place.database.urls.worker, max: 6 })
    place.root = new pg.Client({ connectionString: place.database.superUrl })
    await place.root.connect()
    const chain = await startForeignChain()
    place.chain = chain
    place.rpc = createRpc(chain.rpcUrl)
    const none = { policy: nobody, roles: nobody, orders: nobody, anchor: nobody } as const
    const code = { chainId: chain.chainId, startBlock: 1, ordersCodeHash: `0x${'00'.repeat(32)}` } as const
    place.config = chainConfigOf({ ...code, ...none, registry: chain.registry, instruments: [] }, finality)
    await tellStory(chain)
    place.session = await open()
    await index()
  }, 120_000)
  afterAll(async () => {
    await place.root.end()
    await place.pool.end()
    await place.chain.stop()
    await place.database.drop()
  })

  const open = () => {
    const { verification, watch } = place.config
    return openSession(place.pool, { rpc: place.rpc, verification, watch }, place.config)
  }
  const index = async () => catchUp(place.session, await place.chain.head())
  const ask = async (text: string, ...values: unknown[]) => (await place.pool.query(text, values)).rows

  /** As the form does: recognised on chain, kept as data. */
  async function add(name: ForeignName): Promise<void> {
    const { chain, rpc, config, root } = place
    const found = await recognise(rpc, chain.addresses[name])
    if ('why' in found) throw new Error(found.words)
    await root.query(
      `INSERT INTO watched_instrument (chain_id, address, name, symbol, decimals, standard, capabilities, start_block,
         added_by, filled_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::bigint, gen_random_uuid(), $8::bigint - 1)`,
      [
        ...[config.id, chain.addresses[name], name, name, found.decimals, found.adapter.standard],
        ...[found.capabilities, chain.blocks[name]],
      ],
    )
  }

  /** As a worker does in its turns. @return Whether anything was taken up or let go. */
  async function turn(): Promise<boolean> {
    for (const row of await listWatched(place.pool, place.config.id, 'filling'))
      await fill(place.pool, place.session.source, place.config, row)
    if (!(await adoptWatched(place.session))) return false
    place.session = await open()
    return true
  }

  /** The past beside the indexing, the newest blocks by the writer. */
  async function take(): Promise<void> {
    expect(await turn()).toBe(true)
  }

  /** What a reorganisation takes back, it takes back of added tokens too. */
  async function reorganise(depth: number): Promise<void> {
    await place.chain.request('anvil_reorg', depth, [])
    await place.chain.mine(1)
    expect(await resolveReorg(place.session)).toBe(BigInt(depth))
    await index()
  }

  async function differences(): Promise<string[]> {
    const { pool, database, rpc, config } = place
    const { comparisons } = await compareWithReindex(pool, database.ownerUrl, rpc, config)
    const different = comparisons.filter((each) => !isSame(each))
    return different.map(({ table, onlyLive, onlyClean }) => `${table} ${onlyLive} / ${onlyClean}`)
  }

  return { place, open, index, ask, add, turn, take, reorganise, differences }
}
