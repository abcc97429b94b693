import { createServer } from 'node:http'
import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Upstreams } from '../../chain/upstreams'
import { findPulse } from '../../db/ledger/pulse'
import type { Rows } from '../draft'

/**
 * What a worker has to say to Prometheus. Counters are of this process, from its start, and any number of workers may
 * be scraped; gauges of a chain are read from the database when somebody asks, and are the same from each of them.
 */
export const registry = new Registry()
collectDefaultMetrics({ register: registry })

const registers = [registry]
const labelNames = ['chain'] as const
const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames, registers })

const indexed = gauge('ethereum_blockchain_height', 'Last block that is verified and written')
const head = gauge('ethereum_best_known_block_number', 'Highest block that a node claims to have')
const indexedAt = gauge('plimsoll_indexed_block_timestamp_seconds', 'Time of the last block written')
const lag = gauge('plimsoll_index_lag_blocks', 'Blocks that a node has and that are not written')
const halted = gauge('plimsoll_index_halted', '1 while nothing more is written, on purpose')
const inDoubt = gauge('plimsoll_ledger_in_doubt', '1 while a value differs from the chain')
const projection = gauge(
  'plimsoll_projection_version',
  'Which derivation of the tables is in force: one more with each rebuild',
)
const activeAccounts = gauge(
  'plimsoll_active_accounts',
  'Accounts that sent or received in the last 24 hours',
)

const nodeLabels = ['chain', 'node'] as const
const nodeUp = new Gauge({
  ...{ name: 'plimsoll_rpc_up', help: '1 for a node that is asked', labelNames: nodeLabels, registers },
})
const nodeHead = new Gauge({
  ...{ name: 'plimsoll_rpc_head_block', help: 'Head of a node', labelNames: nodeLabels, registers },
})
const nodeErrors = new Gauge({
  ...{ name: 'plimsoll_rpc_error_share', help: 'Share of late calls that failed', labelNames: nodeLabels },
  registers,
})
const nodeLatency = new Gauge({
  ...{ name: 'plimsoll_rpc_latency_seconds', help: 'What a call took of late', labelNames: nodeLabels },
  registers,
})

const reorgs = new Histogram({
  name: 'plimsoll_reorg_depth_blocks',
  help: 'Blocks taken back by a reorganisation',
  buckets: [1, 2, 3, 5, 10, 32, 64],
  labelNames,
  registers,
})
const failures = new Counter({
  name: 'plimsoll_verification_failures_total',
  help: 'Answers of nodes that did not verify, by the check that failed',
  labelNames: ['chain', 'kind'],
  registers,
})
const events = new Counter({
  name: 'plimsoll_indexed_events_total',
  help: 'Transfers written, by cause; and what was refused',
  labelNames: ['chain', 'type', 'status'],
  registers,
})
const gas = new Histogram({
  name: 'plimsoll_transaction_gas_used',
  help: 'Gas used by transactions of written blocks',
  buckets: [21_000, 50_000, 100_000, 150_000, 250_000, 500_000, 1_000_000, 5_000_000, 30_000_000],
  labelNames,
  registers,
})

export const countReorg = (chain: number, depth: bigint) => reorgs.observe({ chain }, Number(depth))
export const countFailure = (chain: number, kind: string) => failures.inc({ chain, kind })

/** @param used Gas, one a transaction. */
export function countWritten(chain: number, used: readonly number[], { transfers, refusals }: Rows): void {
  const histogram = gas.labels({ chain })
  for (const each of used) histogram.observe(each)
  const causes = new Map<string, number>()
  for (const { cause } of transfers) causes.set(cause, (causes.get(cause) ?? 0) + 1)
  for (const [type, count] of causes) events.inc({ chain, type, status: 'settled' }, count)
  if (refusals.length > 0) events.inc({ chain, type: 'transfer', status: 'refused' }, refusals.length)
}

type Watched = { chain: number; upstreams: Upstreams }

/** Serves `/metrics` to this machine alone. @returns how to stop it */
export function serveMetrics(port: number, pool: Pool, watched: readonly Watched[]): () => Promise<void> {
  const server = createServer(async ({ url, method }, response) => {
    if (method !== 'GET' || url !== '/metrics') return response.writeHead(404).end()
    try {
      for (const each of watched) await readGauges(pool, each)
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
    } catch {
      // Prometheus takes the absence of an answer for what it is: `up` is 0.
      response.writeHead(503).end()
    }
  })
  server.listen(port, '127.0.0.1')
  return () => new Promise((resolve) => server.close(() => resolve()))
}

async function readGauges(pool: Pool, { chain, upstreams }: Watched): Promise<void> {
  const pulse = await findPulse(pool, chain)
  if (pulse) {
    indexed.set({ chain }, Number(pulse.block))
    head.set({ chain }, Number(pulse.nodeHead))
    indexedAt.set({ chain }, Number(pulse.time))
    lag.set({ chain }, Math.max(0, Number(pulse.nodeHead - pulse.block)))
    halted.set({ chain }, pulse.isHalted ? 1 : 0)
    inDoubt.set({ chain }, pulse.isInDoubt ? 1 : 0)
    projection.set({ chain }, pulse.projection)
    activeAccounts.set({ chain }, pulse.activeAccounts)
  }
  for (const { name: node, health } of upstreams.members) {
    nodeUp.set({ chain, node }, health.state(Date.now()) === 'live' ? 1 : 0)
    if (health.head) nodeHead.set({ chain, node }, Number(health.head.number))
    if (health.latency !== null) nodeLatency.set({ chain, node }, health.latency / 1000)
    nodeErrors.set({ chain, node }, health.errorShare)
  }
}
