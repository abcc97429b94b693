import { maxUint256, zeroAddress } from 'viem'
import { afterEach, expect, test } from 'vitest'
import { breakingPool } from '../../test/breaking-pool'
import { transfer } from '../../test/emitted-story'
import { setUpIndexing } from '../../test/indexing'
import { until } from '../../test/until'
import { findCursor } from '../db/ledger/chain'
import { commitBlocks } from './commit'
import { fetchBlocks } from './fetch/blocks'
import { compareHead } from './nodes/compare-head'
import { catchUp, resolveReorg } from './sync'
import { runIndexer } from './worker/run'

// Real node, real database: what a writer of the ledger promises.

const { place, open, index, digest, differences } = setUpIndexing({ seed: 31, blocks: 40 })

afterEach(() => place.node.tell(undefined))

test('writes a history that equals a clean re-index', async () => {
  await index()
  expect(await differences()).toEqual([])
})

test('amounts up to 2^256 − 1 are exact', async () => {
  const [a, b] = [
    '0x00000000000000000000000000000000000ca5e1',
    '0x00000000000000000000000000000000000ca5e2',
  ] as const
  const { chain, pool } = place
  await chain.addBlock({
    part: 'spare',
    entries: [
      transfer(zeroAddress, a, maxUint256),
      transfer(a, b, maxUint256 - 1n),
      transfer(b, a, maxUint256 - 2n),
    ],
  })
  await index()
  const held = async (account: string) =>
    (await pool.query('SELECT amount::text FROM balance WHERE account = $1', [account])).rows[0].amount
  expect(await held(a)).toBe(String(maxUint256 - 1n))
  expect(await held(b)).toBe('1')
  const supply = await pool.query('SELECT total_supply::text FROM instrument WHERE address = $1', [
    chain.addresses.spare,
  ])
  expect(supply.rows[0].total_supply).toBe(String(maxUint256))
  const moved = await pool.query('SELECT amount::text FROM transfer WHERE "to" = $1 ORDER BY log_index', [a])
  expect(moved.rows.map(({ amount }) => amount)).toEqual([String(maxUint256), String(maxUint256 - 2n)])
})

test('a block delivered twice, or out of turn, is written once', async () => {
  await place.chain.addBlocks(3)
  const session = await open()
  const [from, head] = [session.cursor, (await place.chain.head()).number]
  const blocks = await fetchBlocks(session.source, head - 2n, head)
  await expect(commitBlocks(session.writer, from, blocks.slice(1), head)).rejects.toMatchObject({
    code: 'parent-mismatch',
  })
  await commitBlocks(session.writer, from, blocks, head)
  const before = await digest()
  await expect(commitBlocks(session.writer, from, blocks, head)).rejects.toMatchObject({
    code: 'cursor-moved',
  })
  expect(await digest()).toBe(before)
  expect(await differences()).toEqual([])
})

test('a writer that was overtaken writes nothing', async () => {
  await place.chain.addBlocks(2)
  const [old, young] = [await open(), await open()]
  const head = (await place.chain.head()).number
  const before = await digest()
  await expect(catchUp(old, head)).rejects.toMatchObject({ code: 'fenced' })
  expect(await digest()).toBe(before)
  await catchUp(young, head)
  expect(await differences()).toEqual([])
})

test('of two that write at once, one writes', async () => {
  await place.chain.addBlocks(2)
  const session = await open()
  const head = (await place.chain.head()).number
  const outcomes = await Promise.allSettled([catchUp({ ...session }, head), catchUp({ ...session }, head)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await differences()).toEqual([])
})

test('a connection that breaks at any statement of a commit leaves all or nothing', async () => {
  await place.chain.addBlocks(6)
  const session = await open()
  const head = (await place.chain.head()).number
  const blocks = await fetchBlocks(session.source, session.cursor.number + 1n, head)
  const before = await digest()
  let statement = 0
  for (let done = false; !done; statement += 1) {
    const pool = breakingPool(place.pool, statement)
    done = await commitBlocks({ ...session.writer, pool }, session.cursor, blocks, head).then(
      () => true,
      (error: Error) => {
        expect(error.message).toContain('broken on purpose')
        return false
      },
    )
    if (!done) expect(await digest()).toBe(before)
  }
  expect(statement).toBeGreaterThan(10)
  expect(await differences()).toEqual([])
})

test('a node whose head is lower but agrees is stale, not a fork', async () => {
  const session = await index()
  const lower = session.cursor.number - 3n
  const header = await place.rpc.call('eth_getBlockByNumber', `0x${lower.toString(16)}`, false)
  place.node.tell((method, [block]) =>
    method === 'eth_getBlockByNumber' && block === 'latest' ? header : undefined,
  )
  expect(await compareHead(session)).toMatchObject({ head: lower, state: 'stale' })
})

test('a fork is taken back to the common ancestor and replaced', async () => {
  await place.chain.addBlocks(12)
  const session = await index()
  await place.chain.reorganise(9)
  expect((await compareHead(session)).state).toBe('forked')
  expect(await resolveReorg(session)).toBeGreaterThan(0n)
  await catchUp(session, (await place.chain.head()).number)
  expect(await differences()).toEqual([])
})

test('a fork below finality stops everything and takes nothing back', async () => {
  await place.chain.addBlocks(8)
  const session = await index()
  const before = await digest()
  await place.chain.reorganise(6)
  const strict = { ...session, config: { ...session.config, finality: 2 } }
  await expect(resolveReorg(strict)).rejects.toMatchObject({ code: 'reorg-below-finality' })
  expect(await digest()).toBe(before)

  const { pool, rpc, config } = place
  const stop = new AbortController()
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const source = { rpc, verification: config.verification, watch: config.watch }
  const running = runIndexer({ pool, source, config: strict.config, log }, stop.signal)
  await until(async () => (await findCursor(pool, config.id))?.haltReason?.startsWith('reorg-below-finality'))
  stop.abort()
  await running
  await resolveReorg(await open())
})

test('a node that claims a far higher head freezes no roll-back', async () => {
  await place.chain.addBlocks(6)
  const session = await open()
  const head = (await place.chain.head()).number
  const blocks = await fetchBlocks(session.source, session.cursor.number + 1n, head)
  await commitBlocks(session.writer, session.cursor, blocks, head + 1_000_000n)
  await place.chain.reorganise(4)
  expect(await resolveReorg(await open())).toBeGreaterThan(0n)
  await index()
  expect(await differences()).toEqual([])
})

test('a chain that is taken back again and again is not taken back below what was final', async () => {
  await place.chain.addBlocks(12)
  const session = await index()
  const strict = { ...session, config: { ...session.config, finality: 4 } }
  await place.chain.reorganise(3)
  await resolveReorg(strict)
  await place.chain.reorganise(6)
  await expect(resolveReorg(strict)).rejects.toMatchObject({ code: 'reorg-below-finality' })
  await resolveReorg(await open())
  await index()
})

test('follows the head by subscription and by polling', async () => {
  const { pool, config, chain } = place
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  for (const rpc of [place.rpc, { ...place.rpc, url: chain.rpcUrl }]) {
    const stop = new AbortController()
    const source = { rpc, verification: config.verification, watch: config.watch }
    const running = runIndexer({ pool, source, config, log }, stop.signal)
    for (let block = 0; block < 3; block++) {
      await chain.addBlocks(1)
      const head = await chain.head()
      await until(async () => (await findCursor(pool, config.id))?.hash === head.hash)
    }
    stop.abort()
    await running
  }
  expect(await differences()).toEqual([])
})

test('a second worker waits, and takes over when the first ends', async () => {
  const { pool, config, rpc, chain } = place
  const lines: string[] = []
  const log = {
    info: (_: object, message: string) => void lines.push(message),
    warn: () => {},
    error: () => {},
  }
  const source = { rpc, verification: config.verification, watch: config.watch }
  const stops = [new AbortController(), new AbortController()]
  const running = stops.map((stop) => runIndexer({ pool, source, config, log }, stop.signal))
  await until(() => lines.length > 0)
  await chain.addBlocks(1)
  expect(lines.filter((line) => line === 'indexing')).toHaveLength(1)
  for (const stop of stops) {
    const head = await chain.head()
    await until(async () => (await findCursor(pool, config.id))?.hash === head.hash)
    stop.abort()
    if (stop === stops[0]) await chain.addBlocks(1)
  }
  await Promise.all(running)
})
