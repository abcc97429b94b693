import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { watchHeads } from '../chain/heads'
import { findCursor, updateHalt } from '../db/ledger/chain'
import { Fault, isVerificationFault } from '../errors/fault'
import { checkStart } from './check-start'
import type { Source } from './fetch'
import {
  type ChainConfig,
  catchUp,
  checkChain,
  compareHead,
  openSession,
  resolveReorg,
  type Session,
} from './sync'

export type Log = Record<
  'info' | 'warn' | 'error',
  (values: Record<string, unknown>, message: string) => void
>
export type IndexerOptions = { pool: Pool; source: Source; config: ChainConfig; log: Log }

const pollMs = 1000
const backOffMs = [50, 250, 1000, 2000, 5000]
/** A node in the middle of a reorganisation may contradict itself once or twice; then it is no accident. */
const patience = 3
/** First key of the advisory locks by which one process leads a chain. */
const leadership = 0x706c696d

/**
 * Indexes a chain until told to stop. Any number of processes may: one leads, the others wait for it to end, and
 * whoever was overtaken without noticing is fenced off by its epoch.
 */
export async function runIndexer(options: IndexerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const lead = await takeLead(options.pool, options.config.id).catch((error) => {
      options.log.warn({ error: String(error) }, 'database not reachable')
    })
    if (lead) {
      const ends = AbortSignal.any([signal, lead.lost])
      await follow(options, ends).catch((error) =>
        options.log.error({ error: wordsOf(error) }, 'indexer stopped'),
      )
      lead.release()
    }
    await pause(500, undefined, { signal }).catch(() => {})
  }
}

/** @return undefined while another process leads. */
async function takeLead(pool: Pool, chainId: number) {
  const client: PoolClient = await pool.connect()
  const lost = new AbortController()
  client.on('error', () => lost.abort())
  // The lock is the connection's, so the connection is ended and not returned to the pool.
  const release = () => client.release(true)
  try {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS taken', [leadership, chainId])
    if (rows[0].taken) return { lost: lost.signal, release }
  } catch (error) {
    release()
    throw error
  }
  release()
}

/** Returns when the signal says so, or another writer took over. */
async function follow(options: IndexerOptions, signal: AbortSignal): Promise<void> {
  const { pool, source, config, log } = options
  const alarm = createAlarm(signal)
  const heads = watchHeads(source.rpc.url, alarm.ring)
  let session: Session | undefined
  let failures = 0
  try {
    while (!signal.aborted) {
      try {
        if (!session) {
          if (!(await findCursor(pool, config.id))) tellStart(log, await checkStart(source.rpc, config))
          session = await openSession(pool, source, config)
          log.info({ block: String(session.cursor.number), epoch: String(session.writer.epoch) }, 'indexing')
        } else if (failures > 0) {
          await checkChain(pool, source.rpc, config)
        }
        await step(session, log, signal)
        failures = 0
        await alarm.wait(pollMs)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof Fault && error.code === 'fenced') return log.warn({}, 'another worker took over')
        failures += 1
        log.warn({ error: wordsOf(error), failures }, 'not written, trying again')
        if (session) await recover(session, error, failures).catch(() => {})
        await pause(backOffMs[Math.min(failures, backOffMs.length) - 1], undefined, { signal }).catch(
          () => {},
        )
      }
    }
  } finally {
    heads.stop()
  }
}

async function step(session: Session, log: Log, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { head, state } = await compareHead(session)
    let forked = state === 'forked'
    if (state === 'ahead') {
      try {
        const from = session.cursor.number
        await catchUp(session, head, signal)
        if (head - from > 100n) log.info({ block: String(session.cursor.number) }, 'caught up')
        return
      } catch (error) {
        forked = error instanceof Fault && error.code === 'parent-mismatch'
        if (!forked) throw error
      }
    }
    if (!forked) {
      await updateHalt(session.writer.pool, session.config.id, session.writer.epoch, null)
      return
    }
    const depth = await resolveReorg(session)
    log.warn({ depth: String(depth), block: String(session.cursor.number) }, 'chain reorganised')
    // A node whose next block does not follow its own head contradicts itself: that is a failure, not a fork.
    if (depth === 0n)
      throw new Fault('parent-mismatch', `Block ${session.cursor.number + 1n} does not follow its parent`)
  }
}

/** Once in the life of an index: what lies before its first block is never read. */
function tellStart(log: Log, found: Awaited<ReturnType<typeof checkStart>>): void {
  if (found.start === 'early') log.info({}, 'no contract has code before the first block')
  else if (found.start === 'unknown')
    log.warn(
      {},
      'the node cannot say whether contracts have code before the first block: startBlock is trusted',
    )
  else
    log.error(found, 'contracts have code before the first block: startBlock is too late, history is missing')
}

/** The database says where we are: a commit whose acknowledgement was lost may have happened. */
async function recover(session: Session, error: unknown, failures: number): Promise<void> {
  const { pool, chainId, epoch } = session.writer
  if (isVerificationFault(error) && failures >= patience) await updateHalt(pool, chainId, epoch, error.reason)
  session.cursor = (await findCursor(pool, chainId)) ?? session.cursor
}

/** Rings are not lost: one that comes while nobody waits ends the next wait at once. */
function createAlarm(signal: AbortSignal) {
  let rung = false
  let wake = () => {}
  const ring = () => {
    rung = true
    wake()
  }
  signal.addEventListener('abort', ring)
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rung ? 0 : ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (rung) wake()
    }).finally(() => {
      rung = false
      wake = () => {}
    })
  return { ring, wait }
}

const wordsOf = (error: unknown): string =>
  error instanceof Fault ? error.reason : error instanceof Error ? error.message : String(error)
