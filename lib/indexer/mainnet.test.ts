import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/postgres'
import { mainnetConversations, startReplayServer } from '../../test/replay-server'
import { createRpc, type Rpc } from '../chain/rpc'
import { fetchBlocks } from './fetch/blocks'
import { type ChainConfig, catchUp, openSession } from './sync'
import type { Watch, WatchedInstrument } from './watch'

// Block 18,000,000 as recorded from mainnet, without receipts: hence, said in so many words, verification `logs`.

const block = 18_000_000n
const usdt = '0xdac17f958d2ee523a2206206994597c13d831ec7'
const usdc = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'

const instrument = (address: `0x${string}`, symbol: string): WatchedInstrument => ({
  ...{
    address,
    symbol,
    name: symbol,
    decimals: 6,
    standard: 'fiat-token',
    startBlock: block,
    history: 'partial',
  },
})
const watch: Watch = {
  ...{ registry: null, policy: null, roles: null, orders: null, anchor: null },
  instruments: new Map([
    [usdt, instrument(usdt, 'USDT')],
    [usdc, instrument(usdc, 'USDC')],
  ]),
}
const genesisHash = '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3'
const config: ChainConfig = {
  id: 1,
  finality: 64,
  startBlock: block,
  verification: { facts: 'logs', chainId: 1, consensus: 'plain' },
  watch,
  genesisHash,
}

const conversations = mainnetConversations()
let database: FreshDatabase
let pool: pg.Pool
let rpc: Rpc
let stop: () => Promise<void>

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.urls.worker })
  const server = await startReplayServer(conversations)
  rpc = createRpc(server.rpcUrl)
  stop = server.stop
  const session = await openSession(pool, { rpc, verification: config.verification, watch }, config)
  await catchUp(session, block)
})
afterAll(async () => {
  await stop()
  await pool.end()
  await database.drop()
})

/** From the recording itself, not by way of anything that is tested. */
const recorded = (address: string) => {
  const { answer } = conversations.find(({ method }) => method === 'eth_getLogs')!
  const logs = (answer as { result: { address: string; topics: string[]; data: string; logIndex: string }[] })
    .result
  return logs
    .filter((log) => log.address === address && log.topics[0]?.startsWith('0xddf252ad'))
    .map((log) => ({
      log_index: Number(log.logIndex),
      from: `0x${log.topics[1]!.slice(-40)}`,
      to: `0x${log.topics[2]!.slice(-40)}`,
      amount: BigInt(log.data).toString(),
    }))
}

test.each([
  ['USDT', usdt, 45],
  ['USDC', usdc, 13],
])('stores the %s transfers of the block with their exact amounts', async (_symbol, address, number) => {
  const { rows } = await pool.query(
    'SELECT log_index, "from", "to", amount::text FROM transfer WHERE chain_id = 1 AND instrument = $1 ORDER BY log_index',
    [address],
  )
  expect(rows).toHaveLength(number)
  expect(rows).toEqual(recorded(address))
})

test('nothing that they said is unknown to the adapter of their kind', async () => {
  expect((await pool.query('SELECT FROM unknown_event')).rows).toHaveLength(0)
})

test('keeps all facts of the block, and no receipts, for none were recorded', async () => {
  const count = async (table: string) =>
    Number((await pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count)
  expect(await count('transaction')).toBe(94)
  expect(await count('log')).toBe(291)
  expect(await count('receipt')).toBe(0)
})

test('derives no balances for instruments whose history begins before what is indexed', async () => {
  expect((await pool.query('SELECT FROM balance')).rows).toHaveLength(0)
  expect((await pool.query('SELECT DISTINCT total_supply FROM instrument')).rows).toEqual([
    { total_supply: '0' },
  ])
})

test('at the level `receipts` the same node is refused, not trusted with less', async () => {
  const source = { rpc, verification: { ...config.verification, facts: 'receipts' as const }, watch }
  await expect(fetchBlocks(source, block, block)).rejects.toMatchObject({ code: 'node-error' })
})

test('one log left out, at the end or in the middle, is noticed', async () => {
  for (const [left, code] of [
    [290, 'bloom-mismatch'],
    [100, 'log-order'],
  ] as const) {
    const lacking = conversations.map((conversation) => {
      if (conversation.method !== 'eth_getLogs') return conversation
      const { result } = conversation.answer as { result: unknown[] }
      return { ...conversation, answer: { result: result.toSpliced(left, 1) } }
    })
    const server = await startReplayServer(lacking)
    const source = { rpc: createRpc(server.rpcUrl), verification: config.verification, watch }
    await expect(fetchBlocks(source, block, block)).rejects.toMatchObject({ code })
    await server.stop()
  }
})
