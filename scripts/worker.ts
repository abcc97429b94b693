import pino from 'pino'
import { upstreamsOf } from '../lib/chain/upstreams'
import { closeDatabase, connectDatabase, workerPool } from '../lib/db/client'
import { env } from '../lib/env'
import { openChain } from '../lib/indexer/open-chain'
import { reconcileJob } from '../lib/indexer/reconcile'
import { runJobs } from '../lib/indexer/worker/jobs'
import { serveMetrics } from '../lib/indexer/worker/metrics'
import { runIndexer } from '../lib/indexer/worker/run'
import { reportsJob } from './jobs/reports'

const { rpcUrls, callsPerSecond, deployment, finalityDepth, consensus, furtherChains } = env()
const { logLevel, database, metricsPort } = env()
const own = { deployment, rpcUrls, finality: finalityDepth, consensus, callsPerSecond }
const chains = [own, ...furtherChains].map(openChain)
// Each chain holds a connection for its lead and writes on another; jobs share what is left.
connectDatabase({ worker: database.worker }, { poolSize: 6 + 4 * chains.length })
const log = pino({ level: logLevel, base: { process: 'worker' } })
const pool = workerPool()
pool.on('error', (error) => log.warn({ error: error.message }, 'database connection lost'))

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())

const watched = chains.map(({ source, config }) => ({ chain: config.id, upstreams: upstreamsOf(source.rpc) }))
const stopMetrics = metricsPort ? serveMetrics(metricsPort, pool, watched) : async () => {}

await Promise.all([
  ...chains.flatMap(({ source, config }) => {
    const chainLog = log.child({ chain: config.id })
    const reconcile = reconcileJob(pool, source.rpc, config.id, config.watch, chainLog)
    return [
      runIndexer({ pool, source, config, log: chainLog }, stop.signal),
      runJobs([reconcile], chainLog, stop.signal),
    ]
  }),
  runJobs([reportsJob(pool, deployment.registry)], log, stop.signal),
])
await stopMetrics()
await closeDatabase()
log.info({}, 'worker stopped')
