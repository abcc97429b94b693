import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { provisionRoles } from '@/lib/db/roles'
import { type LocalPostgres, startPostgres } from '@/scripts/local/postgres'
import { listMigrations } from '@/scripts/prisma/migrate'
import { type EmittingChain, startEmittingChain } from '../../../test/emitting-chain'
import { createRandom } from '../../../test/random'
import { until } from '../../../test/until'
import { createRpc } from '../../chain/rpc'
import { findCursor } from '../../db/ledger/chain'
import { chainConfigOf } from '../config'
import { compareWithReindex, isSame } from '../reindex'
import { runIndexer } from '../worker/run'

// PostgreSQL goes away while a block is being committed, and comes back: the cursor says whether it was.

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-restart-'))
const dataDir = join(directory, 'postgres')
let server: LocalPostgres
let chain: EmittingChain
let pool: pg.Pool

beforeAll(async () => {
  chmodSync(directory, 0o755)
  server = await startPostgres({ dataDir })
  const owner = new pg.Client({ connectionString: server.ownerUrl('postgres') })
  await owner.connect()
  await owner.query('CREATE DATABASE ledger')
  await owner.end()
  const migrating = new pg.Client({ connectionString: server.ownerUrl('ledger') })
  await migrating.connect()
  for (const { sql } of listMigrations()) await migrating.query(sql)
  await migrating.end()
  const urls = await provisionRoles(server.ownerUrl('ledger'), 'the secret of the tests')
  pool = new pg.Pool({ connectionString: urls.worker, max: 6 })
  pool.on('error', () => {})
  chain = await startEmittingChain(createRandom(67))
  await chain.addBlocks(20)
})
afterAll(async () => {
  await pool.end()
  await chain.stop()
  await server.stop()
  rmSync(directory, { recursive: true })
})

test('F29 PostgreSQL restarted in the middle of commits: the cursor decides, nothing is applied twice', async () => {
  const config = chainConfigOf(chain.deployment, 64)
  const { verification, watch } = config
  const rpc = createRpc(chain.rpcUrl)
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const stop = new AbortController()
  const running = runIndexer({ pool, source: { rpc, verification, watch }, config, log }, stop.signal)
  const cursor = () => findCursor(pool, config.id).catch(() => undefined)
  const isLevel = async () => (await cursor())?.hash === (await chain.head()).hash
  for (let round = 0; round < 3; round++) {
    const { port, pid } = server
    const before = (await cursor())?.number ?? 0n
    await chain.addBlocks(8)
    await until(async () => ((await cursor())?.number ?? 0n) > before)
    // Immediate: no commit is waited for, and what was acknowledged is found again in the log.
    spawnSync('kill', ['-QUIT', String(pid)])
    await until(() => spawnSync('kill', ['-0', String(pid)]).status !== 0)
    server = await startPostgres({ dataDir, port })
    await until(isLevel, 60)
  }
  stop.abort()
  await running
  const { comparisons } = await compareWithReindex(pool, server.ownerUrl('ledger'), rpc, config)
  expect(comparisons.filter((comparison) => !isSame(comparison)).map(({ table }) => table)).toEqual([])
}, 180_000)
