import { afterEach, expect, test } from 'vitest'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'
import { whyNothingIsSigned } from '../../compliance/standstill'
import { findChain } from '../../db/ledger/chain'
import { compareHead } from '../nodes/compare-head'
import { openSession, resolveReorg } from '../sync'

// Two histories: which reorganisations are followed, which halt the index, and which are no reorganisation at all.

const finality = 8
const { place, other, index, open, digest, cursor, head, both, follow, settle, expectClean, forge } =
  setUpFaults({
    seed: 63,
    blocks: 14,
    finality,
  })

afterEach(() => {
  place.config.finality = finality
})

test.each([1, 3, finality - 1])('F14 a reorganisation of depth %i is followed', async (depth) => {
  await place.chain.addBlocks(depth + 1)
  await index()
  const before = await digest()
  await place.chain.reorganise(depth)
  const indexer = await settle()
  expect(indexer.said('chain reorganised')).toBe(true)
  expect(indexer.pages().includes('PlimsollReorgDepth')).toBe(depth > 3)
  expect(await digest()).not.toBe(before)
  await expectClean()
})

test('F15 a reorganisation below finality halts the index, takes nothing back and pages', async () => {
  await place.chain.addBlocks(8)
  await index()
  const before = await digest()
  await place.chain.reorganise(6)
  const indexer = follow({ config: { ...place.config, finality: 2 } })
  await until(async () => (await cursor())?.haltReason?.startsWith('reorg-below-finality'))
  expect(await digest()).toBe(before)
  expect(indexer.pages()).toContain('PlimsollReorgDepth')
  await indexer.stop()
  await resolveReorg(await open())
  await expectClean()
})

test('F16 reorganisations during a batch, during one another, and back to the first branch', async () => {
  await place.chain.addBlocks(40)
  let left = 3
  let done = Promise.resolve()
  const reorganise = () => {
    if (left-- > 0) done = done.then(() => place.chain.reorganise(2))
  }
  place.node.when({ method: 'eth_getBlockReceipts' }, { lie: () => reorganise() })
  const indexer = follow()
  await until(indexer.isLevel)
  await done
  expect(left).toBeLessThan(1)
  await place.chain.reorganise(5)
  await place.chain.reorganise(4)
  await until(indexer.isLevel)
  const first = (await place.chain.head()).hash
  const { lie, hash } = await forge(await head(), { stateRoot: `0x${'5a'.repeat(32)}` })
  place.node.clear()
  place.node.tell(lie)
  await until(async () => (await cursor())?.hash === hash)
  place.node.tell(undefined)
  await until(async () => (await cursor())?.hash === first)
  await indexer.stop()
  await expectClean()
})

test('F17 a head that goes backwards: that node is stale, nothing is taken back, the other is followed', async () => {
  await index()
  const at = (await cursor())!.number
  const old = await place.rpc.call('eth_getBlockByNumber', `0x${(at - 4n).toString(16)}`, false)
  const before = await digest()
  place.node.when({ block: 'latest' }, { lie: () => old })
  expect(await compareHead(await open())).toMatchObject({ head: at - 4n, state: 'stale' })
  expect(await digest()).toBe(before)
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  const rpc = both()
  const indexer = await settle({ rpc })
  expect(rpc.members[0]!.health.state(Date.now())).toBe('stale')
  expect(indexer.said('chain reorganised')).toBe(false)
  await expectClean()
})

test('F18 two hashes at one height, both verified: the cursor freezes, both are shown, somebody is paged', async () => {
  await index()
  const at = (await cursor())!.number
  const ours = (await cursor())!.hash
  const { lie, hash } = await forge(at, { stateRoot: `0x${'5a'.repeat(32)}` })
  other.node.tell(lie)
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  const before = await digest()
  const rpc = both()
  const indexer = follow({ rpc, config: { ...place.config, finality: 0 } })
  await until(async () => (await cursor())?.haltReason?.startsWith('nodes-disagree'))
  const { haltReason } = (await cursor())!
  const state = { haltReason, movedAt: new Date(), watchedAt: new Date() }
  expect(whyNothingIsSigned(state, new Date())).toMatch(/^Nodes disagree/)
  expect(haltReason).toContain(`Block ${at} is ${ours} on `)
  expect(haltReason).toContain(hash)
  expect(indexer.pages()).toContain('PlimsollRpcDisagree')
  expect(rpc.members[1]!.health.state(Date.now())).toBe('dissents')
  // Its silence is no agreement.
  other.node.when({}, { status: 503 })
  await until(() => rpc.members[1]!.health.fault?.reason.includes('503'))
  expect(await digest()).toBe(before)
  other.node.clear()
  await until(indexer.isLevel)
  await indexer.stop()
  expect((await cursor())?.haltReason).toBeNull()
  await expectClean()
})

test('F18 a dissenting block that does not verify freezes nothing: that node is bad', async () => {
  await index()
  const { lie } = await forge((await cursor())!.number, { receiptsRoot: `0x${'5a'.repeat(32)}` })
  other.node.tell(lie)
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  const rpc = both()
  await settle({ rpc, config: { ...place.config, finality: 0 } })
  expect(rpc.members[1]!.health.fault?.reason).toContain('receipts-root')
  await expectClean()
})

test('finality by the nodes’ word: the lowest that they say, once it is ours, and never downwards', async () => {
  place.config.finality = 'finalized'
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  const rpc = both()
  const { verification, watch } = place.config
  await index()
  const session = await openSession(place.pool, { rpc, verification, watch }, place.config)
  const at = await head()
  const header = (number: bigint) =>
    place.chain.request('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])
  const [low, high] = [await header(at - 6n), await header(at - 1n)]
  place.node.when({ block: 'latest' }, { delayMs: 0 })
  place.node.tell((_m, [block]) => (block === 'finalized' ? high : undefined))
  other.node.tell((_m, [block]) => (block === 'finalized' ? low : undefined))
  session.cursor = (await cursor())!
  await until(async () => {
    await compareHead(session)
    return (await cursor())?.finalized === at - 6n
  })
  // A lower word takes nothing back, and who lies has no say.
  const lower = await header(at - 9n)
  other.node.tell((_m, [block]) => (block === 'finalized' ? lower : undefined))
  await compareHead(session)
  expect((await cursor())?.finalized).toBe(at - 6n)
  const strange = { ...(low as object), number: `0x${(at - 2n).toString(16)}` }
  other.node.tell((_m, [block]) => (block === 'finalized' ? strange : undefined))
  await until(async () => {
    await compareHead(session)
    return (await cursor())?.finalized === at - 1n
  })
  expect(rpc.members[1]!.health.fault?.reason).toContain('header-hash')
  expect((await findChain(place.pool, place.config.id))?.finality).toBe('finalized')
})
