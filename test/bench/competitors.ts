import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { anyFreePort } from '../../scripts/local/ports'
import { root } from '../../scripts/local/state'
import { type FreshDatabase, freshDatabase } from '../postgres'
import { type BenchChain, digestOf } from './chain'
import type { Task } from './index-run'
import { bundled, startOwn } from './own-process'
import { cpuOf, watchMemory } from './process-tree'

/** Seconds of wall and CPU time, MB at the peak of the process and its children. */
export type Timing = { wall: number; cpu: number; memory: number; databaseCpu: number; nodeCpu: number }
/** `failure`: what was indexed is not exact, which is no timing. */
export type Run = Timing | { failure: string }

export type Competitor = {
  name: string
  /** What is made once and costs no run anything: packages, a bundle. */
  prepare: () => Promise<unknown>
  start: (chain: BenchChain, database: FreshDatabase) => Promise<ChildProcess>
  /** What its tables are called. */
  tables: { transfer: string; balance: string }
  /** Finds the last transfer of the last block by its key, which costs next to nothing. */
  last: (head: number, logIndex: number) => string
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const plimsollTables = { transfer: 'public.transfer', balance: 'public.balance' }

/** @param profileTo A folder for a profile of the run, which is none to be timed then. */
export const plimsoll = (profileTo?: string): Competitor => ({
  name: 'Plimsoll, verified',
  tables: plimsollTables,
  last: (head, log) =>
    `SELECT FROM public.transfer WHERE chain_id = 31337 AND block_number = ${head} AND log_index = ${log}`,
  prepare: bundled,
  start: ({ rpcUrl, token, head }, { urls }) =>
    startOwn({ mode: 'index', rpcUrl, databaseUrl: urls.worker, token, head }, { profileTo }),
})

/** Seconds of a run of ours alone, without anybody looking on. */
export async function ownRun(
  { rpcUrl, token, head }: BenchChain,
  { urls }: FreshDatabase,
  mode: Task['mode'],
): Promise<number> {
  await bundled()
  const started = performance.now()
  const child = await startOwn({ mode, rpcUrl, databaseUrl: urls.worker, token, head })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`A run ended with ${code}`)
  return (performance.now() - started) / 1000
}

export const ponder = (version: '1.0.0' | '0.16.10', tuned: boolean): Competitor => ({
  name: `Ponder ${version} ${tuned ? 'tuned' : 'default'}`,
  tables: { transfer: 'ponder_app.transfer', balance: 'ponder_app.balance' },
  last: (head, log) => `SELECT FROM ponder_app.transfer WHERE id = '${head}-${log}'`,
  prepare: () => install(version),
  start: async ({ rpcUrl, token }, { ownerUrl }) => {
    const cwd = placeOf(version)
    const port = String(await anyFreePort())
    const given = ['start', '--schema', 'ponder_app', '--port', port, '--hostname', '127.0.0.1']
    return spawn(
      process.execPath,
      ['node_modules/ponder/dist/esm/bin/ponder.js', ...given, '--log-level', 'warn'],
      {
        cwd,
        stdio: 'ignore',
        // Nothing else of ours; Ponder reads NODE_ENV nowhere.
        env: {
          NODE_ENV: 'production',
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          DATABASE_URL: ownerUrl,
          PONDER_TELEMETRY_DISABLED: 'true',
          BENCH_RPC_URL: rpcUrl,
          BENCH_TOKEN: token,
          BENCH_TUNED: tuned ? '1' : '0',
        },
      },
    )
  },
})

const placeOf = (version: string) => join(root, '.plimsoll-bench', `ponder-${version}`)

/** What both versions share and what each has of its own, put together, with its own packages by its own lockfile. */
async function install(version: string): Promise<void> {
  const place = placeOf(version)
  const source = here('ponder')
  for (const name of ['src', 'ponder.schema.ts', 'token-abi.ts', 'tsconfig.json', version]) {
    cpSync(join(source, name), name === version ? place : join(place, name), { recursive: true })
  }
  if (existsSync(join(place, 'node_modules', 'ponder'))) return
  // Not `ci`: it wants packages for every platform in the lock, and registries differ in which they have.
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund'], { cwd: place, stdio: ['ignore', 2, 2] })
  const code = await new Promise((resolve) => npm.once('exit', resolve))
  if (code !== 0) throw new Error(`npm install failed in ${place}`)
}

const patience = 600_000
/** Time that a run has to become exact after its last transfer is there. */
const grace = 15_000

export type Ground = { cluster: Parameters<typeof freshDatabase>[0]; databasePid: number; chain: BenchChain }

/** One run on a fresh database: from the start of the process until its last transfer can be read. */
export async function timeRun(competitor: Competitor, ground: Ground): Promise<Run> {
  await competitor.prepare()
  const database = await freshDatabase(ground.cluster)
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  const before = { database: cpuOf(ground.databasePid), node: cpuOf(ground.chain.pid) }
  const started = performance.now()
  const child = await competitor.start(ground.chain, database).catch(async (error) => {
    await client.end()
    throw error
  })
  const memory = watchMemory(child.pid!)
  let cpu = 0
  try {
    const last = competitor.last(ground.chain.head, ground.chain.lastLog)
    for (;;) {
      if (await finds(client, last)) break
      if (hasEnded(child) && !(await finds(client, last)))
        return { failure: 'ended before its work was done' }
      if (performance.now() - started > patience) return { failure: 'not done in ten minutes' }
      cpu = cpuOf(child.pid!) || cpu
      await pause(50)
    }
    const wall = (performance.now() - started) / 1000
    cpu = cpuOf(child.pid!) || cpu
    const databaseCpu = cpuOf(ground.databasePid) - before.database
    const nodeCpu = cpuOf(ground.chain.pid) - before.node
    const failure = await findFailure(client, competitor, ground.chain)
    return failure ? { failure } : { wall, cpu, memory: memory.stop(), databaseCpu, nodeCpu }
  } finally {
    memory.stop()
    await ended(child, competitor.tables === plimsollTables)
    await client.end()
    await database.drop()
  }
}

async function findFailure(client: pg.Client, { tables }: Competitor, chain: BenchChain) {
  for (const deadline = performance.now() + grace; ; await pause(250)) {
    const { rows } = await client.query(`SELECT count(*)::int AS events FROM ${tables.transfer}`)
    const { rows: held } = await client.query(
      `SELECT lower(account) || ' ' || amount AS line FROM ${tables.balance} WHERE amount <> 0`,
    )
    const { events } = rows[0]
    const exact = events === chain.events && digestOf(held.map(({ line }) => line)) === chain.balances
    if (exact) return
    if (performance.now() > deadline) return `${events} events of ${chain.events}, or other balances`
  }
}

/** Before its tables are there, nothing is found. */
const finds = (client: pg.Client, query: string): Promise<boolean> =>
  client.query(query).then(
    ({ rowCount }) => rowCount === 1,
    () => false,
  )

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

async function ended(child: ChildProcess, endsItself: boolean) {
  if (hasEnded(child)) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  if (endsItself) await Promise.race([gone, pause(5000)])
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await gone
  clearTimeout(timer)
}
