import { maxUint256, zeroAddress } from 'viem'
import { beforeAll, expect, test, vi } from 'vitest'
import { say, transfer } from '../../../test/emitted-story'
import type { Lie } from '../../../test/fault-proxy'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'
import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { type IndexState, whyNothingIsSigned } from '../../compliance/standstill'
import { decodeHeader } from '../decode/answers'
import { hashHeader } from '../verify/header'

// Chains that are large, empty, standing still, or of another time.

const { place, index, differences, cursor, follow, settle, expectClean } = setUpFaults({ seed: 64 })

beforeAll(() => index())

/** As the portal reads it (lib/db/cursor). */
async function indexState() {
  const { rows } = await place.pool.query<IndexState>(
    `SELECT halt_reason AS "haltReason", updated_at AS "movedAt", (SELECT max(seen_at) FROM node) AS "watchedAt" FROM cursor`,
  )
  return rows[0]
}

test('F23 ten thousand logs in a block, strings of 64 kB, 2²⁵⁶ − 1', async () => {
  const [a, b] = [
    '0x00000000000000000000000000000000000ca5e1',
    '0x00000000000000000000000000000000000ca5e2',
  ] as const
  const round = [
    transfer(zeroAddress, a, maxUint256),
    transfer(a, b, maxUint256),
    transfer(b, zeroAddress, maxUint256),
  ]
  const thousand = Array.from({ length: 333 }, () => round).flat()
  const name = 'é'.repeat(32_000)
  const firm = { firm: 77_000, lei: `0x${'31'.repeat(20)}`, name }
  await place.chain.addBlock({
    part: 'registry',
    entries: [say(identityRegistryAbi, 'FirmRegistered', firm)],
  })
  await place.chain.addBlock(
    ...Array.from({ length: 10 }, () => ({ part: 'spare' as const, entries: thousand })),
  )
  await settle()
  const at = (await cursor())!.number
  const logs = await place.pool.query('SELECT count(*)::int FROM log WHERE block_number = $1', [at])
  expect(logs.rows[0].count).toBe(9_990)
  const most = await place.pool.query('SELECT max(amount)::text FROM transfer WHERE block_number = $1', [at])
  expect(most.rows[0].max).toBe(String(maxUint256))
  const kept = await place.pool.query('SELECT name FROM firm WHERE id = 77000')
  expect(kept.rows[0].name).toBe(name)
  await expectClean()
}, 180_000)

test('F25 a chain that stalls pages within the time that was set, and goes on by itself after a jump in time', async () => {
  const indexer = follow({ patience: { stallMs: 500 } })
  await until(() => indexer.pages().includes('PlimsollHeadStalled'))
  // A minute of that, and nothing is signed.
  await until(async () => (await indexState())?.watchedAt)
  const still = (await indexState())!
  const later = new Date(still.movedAt.getTime() + 60_000)
  expect(whyNothingIsSigned({ ...still, watchedAt: later }, later)).toMatch(/^No block has come/)
  await place.chain.request('evm_increaseTime', [86_400])
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  await until(indexer.isLevel)
  await until(() => indexer.lines.some(({ page, over }) => page === 'PlimsollHeadStalled' && over))
  const moving = (await indexState())!
  expect(moving.movedAt.getTime()).toBeGreaterThan(still.movedAt.getTime())
  expect(whyNothingIsSigned(moving, moving.movedAt)).toBeUndefined()
  await indexer.stop()
  await expectClean()
})

test.each([600_000, -600_000])('F38 a clock that is off by %i ms changes no row, and pages', async (ms) => {
  await place.chain.addBlock({ part: 'ours', refused: '0xdeadbeef' })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms, shouldAdvanceTime: true })
  try {
    const indexer = follow()
    const { hash } = await place.chain.head()
    while ((await cursor())?.hash !== hash) await new Promise((done) => setTimeout(done, 20))
    await indexer.stop()
    expect(indexer.pages()).toContain('PlimsollClockSkew')
  } finally {
    vi.useRealTimers()
  }
  await expectClean()
})

test('F24 ten thousand empty blocks leave no gap', async () => {
  const from = (await place.chain.head()).number
  const { blocks, lie } = await emptyAfter(from, 10_000)
  place.node.tell(lie)
  await index(from + BigInt(blocks.length))
  const { rows } = await place.pool.query(
    `SELECT count(*)::int, bool_and(block.parent_hash = parent.hash) AS linked FROM block
     JOIN block parent ON parent.chain_id = block.chain_id AND parent.number = block.number - 1
     WHERE block.number > $1`,
    [from],
  )
  expect(rows[0]).toEqual({ count: 10_000, linked: true })
  expect(await differences()).toEqual([])
}, 120_000)

/** Made here and told by the proxy: the longer anvil's chain, the longer it takes to mine the next block. */
async function emptyAfter(from: bigint, count: number) {
  type Block = Record<string, string> & { hash: string }
  const tag = (number: bigint) => `0x${number.toString(16)}`
  let last = (await place.chain.request('eth_getBlockByNumber', [tag(from), false])) as Block
  const emptyRoot = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
  const empty = {
    transactions: [],
    transactionsRoot: emptyRoot,
    receiptsRoot: emptyRoot,
    gasUsed: '0x0',
    logsBloom: `0x${'00'.repeat(256)}`,
  }
  const blocks = Array.from({ length: count }, (_, index) => {
    const number = tag(from + BigInt(index) + 1n)
    const timestamp = tag(BigInt(last.timestamp!) + 1n)
    const block = { ...last, ...empty, number, timestamp, parentHash: last.hash } as unknown as Block
    last = { ...block, hash: hashHeader(decodeHeader(block), 'plain') } as Block
    return last
  })
  const lie: Lie = (method, [asked]) => {
    if (method !== 'eth_getBlockByNumber' && method !== 'eth_getBlockReceipts') return undefined
    const block = asked === 'latest' ? last : blocks[Number(BigInt(asked as string) - from) - 1]
    return block && (method === 'eth_getBlockReceipts' ? [] : block)
  }
  return { blocks, lie }
}
