import pg from 'pg'
import { createUpstreams } from '../lib/chain/upstreams'
import { chainConfigOf } from '../lib/indexer/config'
import { runIndexer } from '../lib/indexer/worker/run'
import { textOf } from './failpoints'

/**
 * The indexer as a process, with ranges so small that a test can fill some. What it says is a line of JSON each. With
 * `dieBefore` it kills itself, as kill -9 would, before it sends a statement with these words for the second time.
 */
const { databaseUrl, rpcUrl, deployment, finality, lease, sharing, dieBefore } = JSON.parse(
  process.env.WORKER!,
)

const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
let met = 0
pg.Client.prototype.query = function (this: object, ...args: unknown[]) {
  if (dieBefore && textOf(args[0]).includes(dieBefore) && ++met === 2) process.kill(process.pid, 'SIGKILL')
  return original.apply(this, args)
} as typeof pg.Client.prototype.query

const pool = new pg.Pool({ connectionString: databaseUrl, max: 8 })
pool.on('error', () => {})
const config = chainConfigOf(deployment, finality)
const say = (values: object, message: string) => console.log(JSON.stringify({ ...values, message }))
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
await runIndexer(
  {
    ...{ pool, config, lease, log: { info: say, warn: say, error: say } },
    source: { rpc: createUpstreams([{ url: rpcUrl }]), ...config },
    sharing: { size: BigInt(sharing.size), least: BigInt(sharing.least), ahead: BigInt(sharing.ahead) },
  },
  stop.signal,
)
await pool.end()
