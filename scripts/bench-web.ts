import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runWebBench } from '../test/bench/web-run'
import { startTestCluster } from '../test/cluster'
import { startEmittingChain } from '../test/emitting-chain'
import { createRandom } from '../test/random'

/**
 * `npm run bench:web`, after `next build`: pages and handlers beside a bare node:http server that asks the same of the
 * same database, and 1,000 readers of the live stream beside a bare one's. `--handlers` leaves out the pages.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '4' },
    readers: { type: 'string', default: '1000' },
    handlers: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-web-'))
const deploymentFile = path.join(folder, 'deployment.json')
const cluster = await startTestCluster({ shared_buffers: '1GB' })
const chain = await startEmittingChain(createRandom(3))
try {
  writeFileSync(deploymentFile, JSON.stringify(chain.deployment))
  const [rows, seconds, readers] = [values.rows, values.seconds, values.readers].map(Number)
  await runWebBench(cluster, chain.rpcUrl, {
    folder,
    deploymentFile,
    rows: rows!,
    seconds: seconds!,
    readers: readers!,
    handlers: values.handlers,
  })
} finally {
  await chain.stop()
  await cluster.stop()
  rmSync(folder, { recursive: true })
}
