import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createRpc } from '../lib/chain/rpc'
import { findCursor } from '../lib/db/ledger/chain'
import { ledgerTables } from '../lib/db/ledger/digest'
import { chainConfigOf } from '../lib/indexer/config'
import { compareWithReindex, isSame } from '../lib/indexer/reindex'
import { type EmittingChain, startEmittingChain } from './emitting-chain'
import type { FreshDatabase } from './postgres'
import { createRandom } from './random'
import { bundleWorker } from './worker-bundle'

const finality = 64
const root = fileURLToPath(new URL('..', import.meta.url))

/** A chain with a random history, an empty database, and the real worker process between them. */
export async function startChaos(database: FreshDatabase, seed: number, blocks: number) {
  const random = createRandom(seed)
  const chain = await startEmittingChain(random)
  await chain.addBlocks(blocks)
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-chaos-'))
  const deploymentFile = join(directory, 'deployment.json')
  writeFileSync(deploymentFile, JSON.stringify(chain.deployment))
  const pool = new pg.Pool({ connectionString: database.urls.worker, max: 4 })
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 })
  const env = workerEnv(database, chain, deploymentFile)
  const config = chainConfigOf(chain.deployment, finality)

  const cursor = async () => (await findCursor(pool, chain.chainId))?.number ?? 0n
  const isCaughtUp = async () => {
    const [stored, head] = [await findCursor(pool, chain.chainId), await chain.head()]
    return stored?.hash === head.hash
  }

  /** Kills a backfilling worker at random moments; starts anew when it got to the end. @return Kills half-way. */
  async function kill(times: number): Promise<number> {
    const head = (await chain.head()).number
    const span = await timeBackfill()
    let halfway = 0
    for (let left = times; left > 0; left--) {
      if ((await cursor()) >= head) await truncate()
      const worker = await startWorker(env)
      await pause(random.below(span))
      worker.process.kill('SIGKILL')
      await worker.ended
      const at = await cursor()
      if (at > 0n && at < head) halfway += 1
    }
    return halfway
  }

  async function timeBackfill(): Promise<number> {
    const worker = await startWorker(env)
    const from = Date.now()
    await until(isCaughtUp, worker)
    const span = Date.now() - from
    await stopWorker(worker)
    return span
  }

  /** Reorganises a chain that is being indexed, now and then before the worker has seen the last one. */
  async function reorganise(times: number): Promise<void> {
    const worker = await startWorker(env)
    await until(isCaughtUp, worker)
    for (let left = times; left > 0; left--) {
      await chain.reorganise(1 + random.below(10))
      if (random.chance(0.5)) await chain.addBlocks(1 + random.below(3))
      if (random.chance(0.7)) await until(isCaughtUp, worker)
    }
    await stopWorker(worker)
  }

  /** Lets a worker finish what is left, then re-indexes. @return The tables that differ, with rows of each side. */
  async function compare(): Promise<string[]> {
    const worker = await startWorker(env)
    await until(isCaughtUp, worker)
    await stopWorker(worker)
    const { comparisons } = await compareWithReindex(pool, database.ownerUrl, createRpc(chain.rpcUrl), config)
    return comparisons
      .filter((comparison) => !isSame(comparison))
      .map(
        ({ table, onlyLive, onlyClean }) =>
          `${table}: live ${onlyLive.join(' ')} clean ${onlyClean.join(' ')}`,
      )
  }

  const truncate = () => owner.query(`TRUNCATE ${ledgerTables.map((table) => `"${table}"`).join(', ')}`)
  const events = async () => Number((await pool.query('SELECT count(*) FROM log')).rows[0].count)
  const stop = async () => {
    await pool.end()
    await owner.end()
    await chain.stop()
    rmSync(directory, { recursive: true })
  }
  return { kill, reorganise, compare, events, stop }
}

export function workerEnv(
  database: Pick<FreshDatabase, 'urls'>,
  chain: EmittingChain,
  deploymentFile: string,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PUBLIC_ORIGIN: 'http://127.0.0.1:3000',
    AUTH_SECRET: randomBytes(48).toString('base64'),
    DATABASE_URL_WORKER: database.urls.worker,
    RPC_URL: chain.rpcUrl,
    CHAIN_ID: String(chain.chainId),
    FINALITY_DEPTH: String(finality),
    DEPLOYMENT_FILE: deploymentFile,
  }
}

export type Worker = { process: ChildProcess; ended: Promise<void>; output: () => string }

/** Resolves once the worker leads and begins to index. */
export async function startWorker(env: NodeJS.ProcessEnv, waitFor = '"msg":"indexing"'): Promise<Worker> {
  const { worker, failpoint } = await bundleWorker()
  const preload = env.FAILPOINT ? ['--import', failpoint] : []
  const child = spawn(process.execPath, [...preload, worker], { cwd: root, env })
  const die = () => child.kill('SIGKILL')
  process.once('exit', die)
  let output = ''
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      process.off('exit', die)
      resolve()
    })
  })
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk
      if (output.includes(waitFor)) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    void ended.then(() => reject(new Error(`The worker ended before it indexed:\n${output}`)))
  })
  return { process: child, ended, output: () => output }
}

export async function stopWorker(worker: Worker): Promise<void> {
  worker.process.kill('SIGTERM')
  await worker.ended
}

async function until(condition: () => Promise<boolean>, worker: Worker): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`The worker did not catch up in a minute:\n${worker.output()}`)
    await pause(20)
  }
}
