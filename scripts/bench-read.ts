import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startTestCluster } from '../test/cluster'
import { freshDatabase } from '../test/postgres'

/**
 * `npm run bench:read`: the queries of every screen over a generated ledger, as the authority and as firms, with the
 * time that they take in the database and the ledger tables that they read from end to end. `--rows 10000000` for more.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '20' },
    plans: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-read-'))
const deployment = path.join(folder, 'deployment.json')
// Of a ledger that is on no chain: nothing here asks one.
writeFileSync(deployment, JSON.stringify({ chainId: 31337, orders: `0x${'0d'.repeat(20)}` }))
Object.assign(process.env, {
  PUBLIC_ORIGIN: 'https://portal.example',
  AUTH_SECRET: 'Vx3dPq81LzRm5TkWn0YcJh7BsGf2AoEu',
  ...{ RPC_URL: 'http://127.0.0.1:1', CHAIN_ID: '31337', DEPLOYMENT_FILE: deployment },
})
const { fillReadWorld } = await import('../test/bench/read-world')
const { readScreens } = await import('../test/bench/read')
const { printFindings } = await import('../test/bench/read-report')

const cluster = await startTestCluster({
  shared_buffers: '2GB',
  maintenance_work_mem: '512MB',
  work_mem: '8MB',
})
try {
  const database = await freshDatabase(cluster)
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  const started = performance.now()
  try {
    await fillReadWorld(client, Number(values.rows))
  } finally {
    await client.end()
  }
  console.log(`${values.rows} transfers generated in ${Math.round((performance.now() - started) / 1000)} s`)
  printFindings(await readScreens(database, Number(values.rounds)), Number(values.rows), values.plans)
} finally {
  await cluster.stop()
  rmSync(folder, { recursive: true })
}
