import { afterEach, beforeAll, expect } from 'vitest'
import { createUpstreams, type Upstreams } from '../lib/chain/upstreams'
import { findCursor } from '../lib/db/ledger/chain'
import { decodeHeader } from '../lib/indexer/decode/answers'
import { type ChainConfig, catchUp, openSession } from '../lib/indexer/sync'
import { hashHeader } from '../lib/indexer/verify/header'
import { type IndexerOptions, runIndexer } from '../lib/indexer/worker/run'
import { type FaultProxy, type Lie, startFaultProxy } from './fault-proxy'
import { setUpIndexing } from './indexing'
import { until } from './until'

type Line = Record<string, unknown> & { message: string }
type Block = Record<string, string> & { hash: string; transactions: Record<string, string>[] }

/** For a file of faults: a small chain seen through two proxies, and an indexer that follows it. */
export function setUpFaults(options: { seed: number; blocks?: number; finality?: number }) {
  const indexing = setUpIndexing({ blocks: 12, ...options })
  const { place } = indexing
  const other = {} as { node: FaultProxy }
  beforeAll(async () => {
    other.node = await startFaultProxy(place.chain.rpcUrl)
    return () => other.node.stop()
  })
  const followers = new Set<() => Promise<void>>()
  afterEach(async () => {
    await Promise.all([...followers].map((stop) => stop()))
    followers.clear()
    place.node.clear()
    other.node.clear()
  })

  const cursor = () => findCursor(place.pool, place.config.id)
  const head = async () => (await place.chain.head()).number

  /** Both nodes as one; the first is asked first, as long as it answers. */
  function both(timeout = 2_000): Upstreams {
    const rpc = createUpstreams([{ url: place.node.rpcUrl }, { url: other.node.rpcUrl }], { timeout })
    rpc.members[1]!.health.answered(60_000)
    return rpc
  }

  /** Runs the indexer until stopped, and keeps what it logs. */
  function follow({
    rpc,
    config,
    ...rest
  }: Partial<IndexerOptions> & { rpc?: Upstreams; config?: ChainConfig } = {}) {
    const lines: Line[] = []
    const note = (values: Record<string, unknown>, message: string) => void lines.push({ ...values, message })
    const { pool } = place
    const chosen = config ?? place.config
    const { verification, watch } = chosen
    const stop = new AbortController()
    const source = { rpc: rpc ?? createUpstreams([{ url: place.node.rpcUrl }]), verification, watch }
    const log = { info: note, warn: note, error: note }
    followers.add(async () => {
      stop.abort()
      await running
    })
    const running = runIndexer({ pool, source, config: chosen, log, pollMs: 50, ...rest }, stop.signal)
    return {
      lines,
      /** Names of alerts that were raised. */
      pages: () => lines.filter(({ page, over }) => page && !over).map(({ page }) => page),
      said: (words: string) => lines.some((line) => JSON.stringify(line).includes(words)),
      isLevel: async () => (await cursor())?.hash === (await place.chain.head()).hash,
      async stop() {
        stop.abort()
        await running
      },
    }
  }

  /** Follows until the index is level with the chain. */
  async function settle(options?: Parameters<typeof follow>[0]) {
    const indexer = follow(options)
    await until(indexer.isLevel, 60)
    await indexer.stop()
    return indexer
  }

  /** What every fault ends with: the truth is told, the index is level, and each table equals a clean re-index. */
  async function expectClean(): Promise<void> {
    place.node.clear()
    other.node.clear()
    await indexing.index()
    expect(await indexing.differences()).toEqual([])
  }

  /** One node lies: refused by name with nothing written; with another beside it, marked with that name and passed by. */
  async function expectCaught(code: string | RegExp, lie: Lie): Promise<void> {
    const before = await indexing.digest()
    const to = await head()
    place.node.tell(lie)
    const alone = catchUp(await indexing.open(), to)
    await expect(alone).rejects.toMatchObject({ name: 'Fault', code: expect.stringMatching(code) })
    expect(await indexing.digest()).toBe(before)
    const rpc = both()
    const lies: string[] = []
    rpc.onLie = ({ name }, fault) => void lies.push(`${name} ${fault.code}`)
    const { verification, watch } = place.config
    await catchUp(await openSession(place.pool, { rpc, verification, watch }, place.config), to)
    expect(lies).toEqual([expect.stringMatching(code)])
    expect(rpc.members[0]!.health.state(Date.now())).toBe('bad')
    await expectClean()
  }

  /** A block with other header fields whose hash, transactions and receipts fit: only another node can tell. */
  async function forge(number: bigint, fields: Record<string, string>): Promise<{ lie: Lie; hash: string }> {
    const tag = `0x${number.toString(16)}`
    const block = (await place.chain.request('eth_getBlockByNumber', [tag, false])) as Block
    const { hash: real } = block
    const hash = hashHeader(decodeHeader({ ...block, ...fields }), 'plain')
    const move = (part: object) => JSON.parse(JSON.stringify(part).replaceAll(real, hash))
    const lie: Lie = (_method, _params, result) => {
      if (!result) return undefined
      const { hash: own } = result as Block
      if (own === real) return { ...move(result), ...fields, hash }
      // Receipts of it; the next block goes on naming the real one as its parent.
      return Array.isArray(result) && JSON.stringify(result).includes(real) ? move(result) : undefined
    }
    return { lie, hash }
  }

  return { ...indexing, other, cursor, head, both, follow, settle, expectClean, expectCaught, forge }
}
