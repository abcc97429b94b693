import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createUpstreams } from '../../lib/chain/upstreams'
import type { ChainConfig } from '../../lib/indexer/sync'
import { stageJob } from '../../lib/indexer/worker/stage'
import { createTurns, type Outcome } from '../../lib/indexer/worker/turn'
import { type Failpoint, isAt, type Moment, textOf } from '../failpoints'
import { createRandom } from '../random'

/** Ranges so small that a leap is a long backfill. */
const sharing = { size: 4n, least: 12n, ahead: 24n }

export type SimulatedWorker = ReturnType<typeof createWorker>

/** How a turn ended: as the worker says, or with its death. */
export type Ending = Outcome['state'] | 'died'

/**
 * The worker's own turns over connections of its own, which break where it is told to die: a statement is never sent, or
 * done and never acknowledged, and nothing of the worker's memory outlives it. The next turn is another process's.
 */
export function createWorker(
  name: string,
  {
    workerUrl,
    rpcUrls,
    config,
    now,
    seed,
  }: {
    workerUrl: string
    rpcUrls: string[]
    config: ChainConfig
    now: () => number
    seed: number
  },
) {
  const said: string[] = []
  const note = (values: Record<string, unknown>, message: string) =>
    void said.push(`${name}: ${message} ${values.error ?? values.page ?? ''}`.trim())
  const random = createRandom(seed)
  let life: ReturnType<typeof begin> | undefined

  function begin() {
    const rpc = createUpstreams(
      rpcUrls.map((url) => ({ url })),
      { timeout: 5_000, now, random: () => random.below(1000) / 1000 },
    )
    const { verification, watch } = config
    const deadly = createDeadlyPool(workerUrl)
    const options = {
      ...{ pool: deadly.pool, source: { rpc, verification, watch }, config, sharing },
      ...{ log: { info: note, warn: note, error: note }, patience: { contestMs: 0 } },
    }
    const { run: stage } = stageJob({ ...options, lease: { beatMs: 5, lapsesMs: 50 } }, () => false)
    return { turn: createTurns(options), stage, ...deadly }
  }

  async function turn(doom?: Moment): Promise<Ending> {
    life ??= begin()
    life.doom(doom)
    const { state } = await life.turn(new AbortController().signal)
    if (!life.isDead() && state !== 'fenced') return state
    const ending = life.isDead() ? 'died' : state
    await end()
    return ending
  }

  /** Fetches what a leader has offered, and what one offers until that is over. */
  async function help(isOver: () => boolean, doom?: Moment): Promise<'helped' | 'died'> {
    life ??= begin()
    life.doom(doom)
    do {
      await life.stage(new AbortController().signal).catch((error) => note({ error }, 'not staged'))
      await pause(1)
    } while (!isOver() && !life.isDead())
    if (!life.isDead()) return 'helped'
    await end()
    return 'died'
  }

  async function end(): Promise<void> {
    const ended = life
    life = undefined
    await ended?.end()
  }

  return { name, turn, help, end, said }
}

type Query = (...args: unknown[]) => unknown

function refuse(args: unknown[]): Promise<never> | undefined {
  const error = new Error('The process is dead')
  const callback = args.at(-1)
  if (typeof callback !== 'function') return Promise.reject(error)
  callback(error)
}

function createDeadlyPool(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 3 })
  const clients = new Set<pg.PoolClient>()
  let dead = false
  let doom: { when: string; what: Failpoint } | undefined

  const die = () => {
    dead = true
    for (const client of clients)
      (client as unknown as { connection: pg.Connection }).connection.stream.destroy()
  }
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    clients.add(client)
    client.on('error', () => {})
    const query = client.query.bind(client) as Query
    let writes = false
    client.query = ((...args: unknown[]) => {
      if (dead) return refuse(args)
      const text = textOf(args[0])
      // Transactions that take the cursor's lock, or stage what was claimed, are the ones with something to lose.
      if (/^BEGIN/.test(text)) writes = false
      if (/pg_advisory_xact_lock|^UPDATE backfill_range/.test(text)) writes = true
      const here = doom && isAt(doom.what, text) && (writes || doom.what === 'begin')
      if (here && doom?.when === 'before') {
        die()
        return refuse(args)
      }
      if (/^(COMMIT|ROLLBACK)/.test(text)) writes = false
      const result = query(...args)
      if (!here) return result
      return Promise.resolve(result)
        .finally(die)
        .then(() => refuse([]))
    }) as typeof client.query
  })
  pool.on('remove', (client) => clients.delete(client))
  return {
    pool,
    isDead: () => dead,
    doom(moment: Moment | undefined): void {
      const [when, what] = (moment ?? '').split(' ') as ['before' | 'after', Failpoint]
      doom = moment && { when, what }
    },
    end: () => pool.end().catch(() => {}),
  }
}
