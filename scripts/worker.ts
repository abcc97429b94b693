import pino from 'pino'
import { createRpc } from '../lib/chain/rpc'
import { closeDatabase, connectDatabase, workerPool } from '../lib/db/client'
import { env } from '../lib/env'
import { chainConfigOf } from '../lib/indexer/config'
import { type Job, runJobs } from '../lib/indexer/jobs'
import { reconcileJob } from '../lib/indexer/reconcile'
import { watchNodeJob } from '../lib/indexer/watch-node'
import { runIndexer } from '../lib/indexer/worker'
import { reportsJob } from './jobs/reports'

const { rpcUrl, deployment, finalityDepth, logLevel, database } = env()
connectDatabase({ worker: database.worker })
const log = pino({ level: logLevel, base: { process: 'worker' } })
const pool = workerPool()
pool.on('error', (error) => log.warn({ error: error.message }, 'database connection lost'))
const rpc = createRpc(rpcUrl)
const config = chainConfigOf(deployment, finalityDepth)
const { id, verification, watch } = config

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())

const jobs: Job[] = [
  watchNodeJob(pool, rpc, id),
  reconcileJob(pool, rpc, id, watch),
  reportsJob(pool, deployment.registry),
]
await Promise.all([
  runIndexer({ pool, source: { rpc, verification, watch }, config, log }, stop.signal),
  runJobs(jobs, log, stop.signal),
])
await closeDatabase()
log.info({}, 'worker stopped')
