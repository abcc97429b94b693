import pg from 'pg'
import { createRpc } from '../lib/chain/rpc'
import { callsFor } from '../lib/indexer/fetch'
import { rangeSize } from '../lib/indexer/ranges'
import { type ChainConfig, catchUp, openSession, parallel } from '../lib/indexer/sync'
import type { WatchedInstrument } from '../lib/indexer/watch'

/** One timed run in a process of its own, so that time and memory are the indexer's alone. Prints JSON. */
type Task = {
  mode: 'index' | 'fetch'
  rpcUrl: string
  databaseUrl: string
  token: `0x${string}`
  head: string
}
const task: Task = JSON.parse(process.argv[2]!)
const rpc = createRpc(task.rpcUrl)
const head = BigInt(task.head)

const started = process.hrtime.bigint()
if (task.mode === 'fetch') await fetchOnly()
else await index()
const seconds = Number(process.hrtime.bigint() - started) / 1e9
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
console.log(JSON.stringify({ seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }))

/** The same requests, as many at a time, parsed as JSON and dropped: what the node alone costs. */
async function fetchOnly() {
  let next = 1n
  const fetchRanges = async () => {
    while (next <= head) {
      const from = next
      next += rangeSize
      const last = next - 1n < head ? next - 1n : head
      const numbers = Array.from({ length: Number(last - from) + 1 }, (_, at) => from + BigInt(at))
      await rpc.batch(numbers.flatMap((number) => callsFor(number, 'receipts')))
    }
  }
  await Promise.all(Array.from({ length: parallel }, fetchRanges))
}

async function index() {
  const pool = new pg.Pool({ connectionString: task.databaseUrl, max: 4 })
  const instrument: WatchedInstrument = {
    ...{ address: task.token, symbol: 'BENCH', name: 'Bench', decimals: 0, standard: 'erc20' },
    ...{ startBlock: 1n, history: 'full' },
  }
  const none = { registry: null, policy: null, roles: null, orders: null, anchor: null }
  const watch = { ...none, instruments: new Map([[task.token, instrument]]) }
  const verification = { facts: 'receipts', chainId: 31337, consensus: 'plain' } as const
  const config: ChainConfig = { id: 31337, finality: 64, startBlock: 1n, verification, watch }
  const session = await openSession(pool, { rpc, verification, watch }, config)
  await catchUp(session, head)
  await pool.end()
}
