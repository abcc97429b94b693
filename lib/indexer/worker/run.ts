import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { watchHeads } from '../../chain/heads'
import { type Upstreams, upstreamsOf } from '../../chain/upstreams'
import { findCursor, updateHalt } from '../../db/ledger/chain'
import { Fault, isVerificationFault } from '../../errors/fault'
import type { Source } from '../fetch/blocks'
import { checkStart } from '../nodes/check-start'
import { wordsOfContest } from '../nodes/claims'
import { type Comparison, compareHead } from '../nodes/compare-head'
import { watchNodesJob } from '../nodes/watch-node'
import { type ChainConfig, catchUp, openSession, resolveReorg, type Session } from '../sync'
import type { ValidatorChange } from '../verify/qbft'
import { createAlarms, defaultPatience, type Patience } from './alarms'
import { runJobs } from './jobs'
import { type Lease, takeLead } from './leadership'
import { countFailure, countReorg } from './metrics'
import { createPager, type Log, type Pager } from './pager'

export type IndexerOptions = {
  pool: Pool
  source: Source
  config: ChainConfig
  log: Log
  patience?: Partial<Patience>
  lease?: Lease
}

const pollMs = 1000
const backOffMs = [50, 250, 1000, 2000, 5000]
const longestWaitMs = 60_000
/** A node in the middle of a reorganisation may contradict itself once or twice; then it is no accident. */
const patience = 3
/** Blocks that a chain without finality at once may take back before anybody is called. */
const usualDepth = 3n

/**
 * Indexes a chain until told to stop. Any number of processes may: one leads, the others wait for it to end, and
 * whoever was overtaken without noticing is fenced off by its epoch.
 */
export async function runIndexer(options: IndexerOptions, signal: AbortSignal): Promise<void> {
  const { pool, source, config, log, lease } = options
  while (!signal.aborted) {
    const lead = await takeLead(pool, config.id, lease).catch((error) => {
      log.warn({ error: String(error) }, 'database not reachable')
    })
    if (lead) {
      const over = new AbortController()
      const ends = AbortSignal.any([signal, lead.lost, over.signal])
      const watching = runJobs([watchNodesJob(pool, source, config.id)], log, ends)
      await follow(options, ends).catch((error) => log.error({ error: wordsOf(error) }, 'indexer stopped'))
      over.abort()
      await watching
      lead.release()
    }
    await pause(500, undefined, { signal }).catch(() => {})
  }
}

/** Returns when the signal says so, or another writer took over. */
async function follow(options: IndexerOptions, signal: AbortSignal): Promise<void> {
  const { pool, source, config, log } = options
  const bell = createBell(signal)
  const upstreams = upstreamsOf(source.rpc)
  const watch = createWatchman(options, upstreams)
  const heads = upstreams.members.map(({ url }) => watchHeads(url, bell.ring))
  let session: Session | undefined
  let failures = 0
  try {
    while (!signal.aborted) {
      try {
        if (!session) {
          if (!(await findCursor(pool, config.id))) tellStart(log, await checkStart(source.rpc, config))
          session = await openSession(pool, { ...source, onValidators: watch.onValidators }, config)
          await watch.alarms.compareClocks(pool, Date.now)
          log.info({ block: String(session.cursor.number), epoch: String(session.writer.epoch) }, 'indexing')
        } else if (failures > 0) {
          for (const { health } of upstreams.members) health.isChecked = false
        }
        await step(session, watch, signal)
        failures = 0
        watch.recovered()
        await bell.wait(pollMs)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof Fault && error.code === 'fenced') return log.warn({}, 'another worker took over')
        failures += 1
        log.warn({ error: wordsOf(error), failures }, 'not written, trying again')
        if (session) await recover(session, error, failures, watch.pager).catch(() => {})
        await pause(waitAfter(error, failures), undefined, { signal }).catch(() => {})
      }
    }
  } finally {
    for (const each of heads) each.stop()
  }
}

type Watchman = ReturnType<typeof createWatchman>

/** What is remembered from one look at the nodes to the next. */
function createWatchman({ config, log, patience: given }: IndexerOptions, upstreams: Upstreams) {
  const limits = { ...defaultPatience, ...given }
  const pager = createPager(log, config.id)
  let contestedSince: number | undefined
  upstreams.onLie = ({ name }, fault) => {
    countFailure(config.id, fault.code)
    const values = { node: name, fault: fault.code, ...fault.values }
    pager.raise('PlimsollRpcProofFailure', values, `${name}: ${fault.message}`, name)
  }
  return {
    log,
    pager,
    alarms: createAlarms(pager, limits),
    onValidators: (change: ValidatorChange) => {
      const { block, added, removed } = change
      const values = { block: String(block), added, removed }
      pager.raise('PlimsollValidatorsChanged', values, 'the validators of the chain changed', String(block))
    },
    /** Whether a disagreement has lasted longer than news take to travel. */
    isLasting(isFinal: boolean, now: number): boolean {
      contestedSince ??= now
      return isFinal || now - contestedSince >= limits.contestMs
    },
    agreed() {
      contestedSince = undefined
      pager.clear('PlimsollRpcDisagree')
    },
    recovered() {
      for (const { name, health } of upstreams.members) {
        if (health.state(Date.now()) === 'live') pager.clear('PlimsollRpcProofFailure', name)
      }
    },
  }
}

async function step(session: Session, watch: Watchman, signal: AbortSignal): Promise<void> {
  const { log, pager, alarms } = watch
  for (;;) {
    const compared = await compareHead(session)
    alarms.heard(compared, Date.now())
    const { head, state } = compared
    if (state === 'contested') return freeze(session, compared, watch)
    watch.agreed()
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
      pager.clear('PlimsollReorgDepth')
      return
    }
    const depth = await resolveReorg(session)
    log.warn({ depth: String(depth), block: String(session.cursor.number) }, 'chain reorganised')
    if (depth > 0n) countReorg(session.config.id, depth)
    if (depth > usualDepth) {
      pager.raise('PlimsollReorgDepth', { depth: String(depth) }, 'a deep reorganisation was followed')
    }
    // A node whose next block does not follow its own head contradicts itself: that is a failure, not a fork.
    if (depth === 0n)
      throw new Fault('parent-mismatch', `Block ${session.cursor.number + 1n} does not follow its parent`)
  }
}

/** Nothing is written and nothing taken back while nodes have different blocks where we are, or below. */
async function freeze(session: Session, { contest }: Comparison, watch: Watchman): Promise<void> {
  if (!contest || !watch.isLasting(contest.isFinal, Date.now())) return
  const { pool, chainId, epoch } = session.writer
  const fault = new Fault('nodes-disagree', wordsOfContest(contest), { block: String(contest.block) })
  await updateHalt(pool, chainId, epoch, fault.reason)
  watch.pager.raise('PlimsollRpcDisagree', { ...fault.values, hashes: contest.hashes }, fault.message)
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
async function recover(session: Session, error: unknown, failures: number, pager: Pager): Promise<void> {
  const { pool, chainId, epoch } = session.writer
  if (isVerificationFault(error) && failures >= patience) {
    await updateHalt(pool, chainId, epoch, error.reason)
    const page = error.code === 'reorg-below-finality' ? 'PlimsollReorgDepth' : 'PlimsollRpcProofFailure'
    pager.raise(page, { fault: error.code, ...error.values }, error.message)
  }
  session.cursor = (await findCursor(pool, chainId)) ?? session.cursor
}

/** Longer each time and never quite the same; as long as nodes ask for, if they do. */
function waitAfter(error: unknown, failures: number): number {
  const asked = error instanceof Fault ? Number(error.values.retryAfterMs ?? 0) : 0
  const ours = backOffMs[Math.min(failures, backOffMs.length) - 1]! * (0.75 + Math.random() / 2)
  return Math.max(ours, Math.min(asked, longestWaitMs))
}

/** Rings are not lost: one that comes while nobody waits ends the next wait at once. */
function createBell(signal: AbortSignal) {
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
