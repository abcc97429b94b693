import { beforeAll, expect, test } from 'vitest'
import type { Trouble } from '../../../test/fault-proxy'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'
import { createRpc } from '../../chain/rpc'
import { createUpstreams } from '../../chain/upstreams'
import { catchUp, openSession } from '../sync'

// A node that does not answer as it should. Nothing it says is written, nobody is asked without pause, all is made up for.

const { place, index, digest, cursor, head, both, follow, settle, expectClean } = setUpFaults({ seed: 61 })

beforeAll(() => index())

test('F01 nothing at the head: waits, writes nothing, goes on when there is something', async () => {
  const before = await digest()
  await place.chain.addBlocks(2)
  place.node.when({ method: 'eth_getBlockByNumber', block: 'latest', times: 4 }, { lie: () => null })
  const indexer = follow()
  await until(() => indexer.said('block-missing'))
  expect(await digest()).toBe(before)
  await until(indexer.isLevel)
  await indexer.stop()
  expect((await cursor())?.haltReason).toBeNull()
  await expectClean()
})

test('F02 nothing for a past block: that node is bad, another is asked, somebody is paged, no block is skipped', async () => {
  await place.chain.addBlocks(3)
  const missing = (await head()) - 1n
  place.node.when(
    { method: 'eth_getBlockByNumber', block: missing },
    { lie: (_m, [, full]) => (full ? null : undefined) },
  )
  const rpc = both()
  const indexer = follow({ rpc })
  await until(indexer.isLevel)
  expect(rpc.members[0]!.health.fault?.reason).toContain('block-missing')
  await indexer.stop()
  expect(indexer.pages()).toContain('PlimsollRpcProofFailure')
  await expectClean()
})

test('F03 no receipts, or one of them null: refused, tried again, nothing written meanwhile', async () => {
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  const before = await digest()
  const block = await head()
  const receipts = { method: 'eth_getBlockReceipts', block }
  place.node.when(receipts, { lie: () => null })
  const indexer = follow()
  await until(() => indexer.said('block-missing'))
  place.node.clear()
  place.node.when(receipts, { lie: (_m, _p, list: unknown[]) => [null, ...list.slice(1)] })
  await until(() => indexer.said('receipt-null'))
  expect(await digest()).toBe(before)
  place.node.clear()
  await until(indexer.isLevel)
  await indexer.stop()
  await expectClean()
})

test('F04 a receipt of another block: refused with growing pauses, and another node is asked', async () => {
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  const strange = `0x${'5a'.repeat(32)}`
  place.node.when(
    { method: 'eth_getBlockReceipts' },
    { lie: (_m, _p, list: object[]) => list.map((each) => ({ ...each, blockHash: strange })) },
  )
  const alone = follow()
  await until(async () => (await cursor())?.haltReason?.startsWith('receipt-mismatch'))
  const tries = alone.lines.filter(({ message }) => message.includes('trying again')).length
  expect(tries).toBeLessThan(6)
  await alone.stop()
  await settle({ rpc: both() })
  expect((await cursor())?.haltReason).toBeNull()
  await expectClean()
})

test('F19 another chain after a reconnection: nothing is written until it is ours again', async () => {
  const indexer = follow()
  await until(() => indexer.said('indexing'))
  place.node.when({ times: 1 }, { cut: 'before' })
  place.node.when({ method: 'eth_chainId' }, { lie: () => '0x1' })
  await until(() => indexer.said('node-unreachable'))
  await place.chain.addBlocks(2)
  const before = await digest()
  await until(async () => (await cursor())?.haltReason?.startsWith('wrong-chain'))
  expect(await digest()).toBe(before)
  place.node.clear()
  await until(indexer.isLevel)
  await indexer.stop()
  await expectClean()
})

const silences: [string, string, Trouble][] = [
  ['429 with Retry-After', 'node-limited', { status: 429, headers: { 'retry-after': '1' } }],
  ['503', 'node-answer', { status: 503 }],
  ['a body that never ends', 'node-timeout', { cut: 'open' }],
  ['a closed connection', 'node-unreachable', { cut: 'before' }],
]
test.each(silences)(
  'F20 %s: named %s, the other node is asked, and alone it is waited for',
  async (_what, code, trouble) => {
    await place.chain.addBlocks(1)
    const rpc = both(400)
    const { verification, watch } = place.config
    const session = await openSession(place.pool, { rpc, verification, watch }, place.config)
    place.node.when({}, trouble)
    await catchUp(session, await head())
    expect(rpc.members[0]!.health.fault?.reason).toContain(code)
    await place.chain.addBlocks(1)
    place.node.clear()
    place.node.when({ times: 3 }, trouble)
    await settle({ rpc: createUpstreams([{ url: place.node.rpcUrl }], { timeout: 400 }) })
    await expectClean()
  },
)

test('F20 TLS that fails is a node that cannot be reached', async () => {
  const rpc = createRpc(place.node.rpcUrl.replace('http:', 'https:'))
  await expect(rpc.call('eth_chainId')).rejects.toMatchObject({ code: 'node-unreachable' })
})

const garbled: [string, string, Trouble][] = [
  ['HTML', 'node-answer', { status: 200, body: '<html>Bad gateway</html>' }],
  ['truncated JSON', 'node-', { cut: 'midway' }],
  [
    'an error',
    'node-error',
    {
      envelope: (all) =>
        all.map(({ id }) => ({ jsonrpc: '2.0', id, error: { code: -32000, message: 'out' } })),
    },
  ],
  [
    'another id',
    'node-answer',
    { envelope: (all) => all.map((reply) => ({ ...reply, id: reply.id + 1000 })) },
  ],
  ['an answer twice', 'node-answer', { envelope: (all) => [all[0], ...all] }],
  ['an answer missing', 'node-answer', { envelope: (all) => all.slice(1) }],
  [
    'neither result nor error',
    'node-answer',
    { envelope: (all) => all.map(({ id }) => ({ jsonrpc: '2.0', id })) },
  ],
]
test.each(garbled)(
  'F21 %s: a failure of the whole request, nothing of it is used',
  async (_what, code, trouble) => {
    await place.chain.addBlocks(1)
    const before = await digest()
    const session = await openSession(
      place.pool,
      { ...place.config, rpc: createRpc(place.node.rpcUrl) },
      place.config,
    )
    place.node.when({}, trouble)
    await expect(catchUp(session, await head())).rejects.toMatchObject({
      code: expect.stringContaining(code),
    })
    expect(await digest()).toBe(before)
    place.node.clear()
    await catchUp(session, await head())
  },
)

test('F21 answers in another order are matched by id; a key given twice is judged like any other value', async () => {
  await place.chain.addBlocks(2)
  place.node.when({}, { envelope: (all) => all.toReversed() })
  await index()
  await place.chain.addBlocks(1)
  const lied = (text: string) =>
    text.replaceAll('"stateRoot":', `"stateRoot":"0x${'5a'.repeat(32)}","stateRoot":`)
  place.node.when({}, { envelope: (all) => lied(JSON.stringify(all)) }) // the true one comes last, and counts
  await index()
  await expectClean()
})

const dialects = [
  { code: -32005, message: 'query returned more than 10000 results' },
  { code: -32602, message: 'block range is too large, max is 4' },
  { code: -32000, message: 'Log response size exceeded' },
  { code: -32600, message: 'batch too large' },
]
test.each(dialects)('F22 “$message”: smaller ranges are asked for, down to what is served', async (error) => {
  await place.chain.addBlocks(20)
  const session = await openSession(
    place.pool,
    { ...place.config, rpc: createRpc(place.node.rpcUrl) },
    place.config,
  )
  const most = 4
  place.node.when(
    {},
    {
      envelope: (all) => (all.length <= most ? all : all.map(({ id }) => ({ jsonrpc: '2.0', id, error }))),
    },
  )
  await catchUp(session, await head())
  expect(session.ranges.blocks).toBeLessThan(6n)
  await expectClean()
})
