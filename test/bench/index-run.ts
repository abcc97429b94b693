import pg from 'pg'
import { type Answer, createRpc } from '../../lib/chain/rpc'
import { callsFor } from '../../lib/indexer/fetch/blocks'
import { createRangeSize, parallel } from '../../lib/indexer/fetch/ranges'
import { type ChainConfig, catchUp, openSession } from '../../lib/indexer/sync'
import type { WatchedInstrument } from '../../lib/indexer/watch'

/** One run in a process of its own, so that time and memory are the indexer's alone. */
export type Task = {
  mode: 'index' | 'fetch' | 'segments'
  rpcUrl: string
  databaseUrl: string
  token: string
  head: number
  /** Blocks in a segment, after each of which a line says what it took. */
  segment?: number
}
/** CPU and wall time in seconds, up to a block. */
export type Segment = { block: number; blocks: number; seconds: number; cpu: number; megabytes: number }

const task: Task = JSON.parse(process.argv[2]!)
const rpc = createRpc(task.rpcUrl)
const head = BigInt(task.head)
await (task.mode === 'fetch' ? fetchOnly() : index())

/** The same requests, of as many blocks and as many at a time, parsed as JSON and dropped: what the node alone costs. */
async function fetchOnly() {
  const ranges = createRangeSize()
  let next = 1n
  const fetchRanges = async () => {
    while (next <= head) {
      const from = next
      next += ranges.blocks
      const last = next - 1n < head ? next - 1n : head
      const numbers = Array.from({ length: Number(last - from) + 1 }, (_, at) => from + BigInt(at))
      const started = performance.now()
      const answers = await rpc.batch(numbers.flatMap((number) => callsFor(number, 'receipts')))
      ranges.answered(BigInt(numbers.length), rowsIn(answers), performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: parallel }, fetchRanges))
}

/** As the indexer counts them: see `rowsOf`. */
function rowsIn(answers: readonly Answer[]): number {
  let rows = 0
  for (const answer of answers) {
    const receipts = 'result' in answer && Array.isArray(answer.result) ? answer.result : undefined
    if (!receipts) rows += 1
    else for (const { logs } of receipts as { logs: unknown[] }[]) rows += 2 + logs.length
  }
  return rows
}

async function index() {
  const pool = new pg.Pool({ connectionString: task.databaseUrl, max: 4 })
  const address = task.token as `0x${string}`
  const instrument: WatchedInstrument = {
    ...{ address, symbol: 'BENCH', name: 'Bench', decimals: 0, standard: 'erc20' },
    ...{ startBlock: 1n, history: 'full' },
  }
  const none = { registry: null, policy: null, roles: null, orders: null, anchor: null }
  const watch = { ...none, instruments: new Map([[address, instrument]]) }
  const verification = { facts: 'receipts', chainId: 31337, consensus: 'plain' } as const
  const config: ChainConfig = { id: 31337, finality: 64, startBlock: 1n, verification, watch }
  const session = await openSession(pool, { rpc, verification, watch }, config)
  const step = BigInt(task.segment ?? task.head)
  for (let from = 0n; from < head; from += step) {
    const [started, before] = [performance.now(), process.cpuUsage()]
    const last = from + step < head ? from + step : head
    await catchUp(session, last)
    if (task.mode !== 'segments') continue
    const { user, system } = process.cpuUsage(before)
    const segment: Segment = {
      ...{ block: Number(last), blocks: Number(last - from), seconds: (performance.now() - started) / 1000 },
      ...{ cpu: (user + system) / 1e6, megabytes: process.memoryUsage.rss() / 2 ** 20 },
    }
    console.log(JSON.stringify(segment))
  }
  await pool.end()
}
