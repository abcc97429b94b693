import type { Pool } from 'pg'
import { upstreamsOf } from '../../chain/upstreams'
import { findCursor, updateHalt } from '../../db/ledger/chain'
import { Fault, isVerificationFault } from '../../errors/fault'
import type { Source } from '../fetch/blocks'
import { type Sharing, usualSharing } from '../fetch/staged'
import { checkStart } from '../nodes/check-start'
import { wordsOfContest } from '../nodes/claims'
import { type Comparison, compareHead } from '../nodes/compare-head'
import { type ChainConfig, catchUp, openSession, resolveReorg, type Session } from '../sync'
import type { ValidatorChange } from '../verify/qbft'
import { adoptWatched } from '../watched/adopt'
import { createAlarms, defaultPatience, type Patience } from './alarms'
import { countFailure, countReorg } from './metrics'
import { createPager, type Log, type Pager } from './pager'

export type TurnOptions = {
  pool: Pool
  source: Source
  config: ChainConfig
  log: Log
  patience?: Partial<Patience>
  sharing?: Sharing
}

const backOffMs = [50, 250, 1000, 2000, 5000]
const longestWaitMs = 60_000
/** A node in the middle of a reorganisation may contradict itself once or twice; then it is no accident. */
const patience = 3
/** Blocks that a chain without finality at once may take back before anybody is called. */
const usualDepth = 3n

/** `failed`: nothing is lost, and the next turn may come after `waitMs`. `fenced`: another worker writes the chain. */
export type Outcome = { state: 'done' } | { state: 'failed'; waitMs: number } | { state: 'fenced' }

/**
 * What a worker does for a chain, a turn at a time: begins a session, then in each turn compares heads and writes, takes
 * back or waits. Whatever happens in a turn ends in it.
 */
export function createTurns(options: TurnOptions) {
  const { pool, source, config, log, sharing = usualSharing } = options
  const watch = createWatchman(options)
  const upstreams = upstreamsOf(source.rpc)
  let session: Session | undefined
  let failures = 0

  async function attempt(signal: AbortSignal): Promise<void> {
    if (!session) {
      if (!(await findCursor(pool, config.id))) tellStart(log, await checkStart(source.rpc, config))
      session = await openSession(pool, { ...source, onValidators: watch.onValidators }, config)
      session.sharing = { ...sharing, onRefused: watch.onRefused, onFailed: watch.onFailed }
      await watch.alarms.compareClocks(pool, Date.now)
      log.info({ block: String(session.cursor.number), epoch: String(session.writer.epoch) }, 'indexing')
    } else if (failures > 0) {
      for (const { health } of upstreams.members) health.isChecked = false
    }
    await step(session, watch, signal)
    // From its next turn on it watches more.
    if (await adoptWatched(session)) session = undefined
  }

  return async function turn(signal: AbortSignal): Promise<Outcome> {
    try {
      await attempt(signal)
      failures = 0
      watch.recovered()
      return { state: 'done' }
    } catch (error) {
      if (signal.aborted) return { state: 'failed', waitMs: 0 }
      if (error instanceof Fault && error.code === 'fenced') {
        log.warn({}, 'another worker took over')
        return { state: 'fenced' }
      }
      failures += 1
      log.warn({ error: wordsOf(error), failures }, 'not written, trying again')
      if (session) await recover(session, error, failures, watch.pager).catch(() => {})
      return { state: 'failed', waitMs: waitAfter(error, failures) }
    }
  }
}

type Watchman = ReturnType<typeof createWatchman>

/** What is remembered from one look at the nodes to the next. */
function createWatchman({ source, config, log, patience: given }: TurnOptions) {
  const upstreams = upstreamsOf(source.rpc)
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
    onRefused: (error: unknown, block: bigint) => {
      log.warn({ error: wordsOf(error), block: String(block) }, 'what was staged is not so: fetched again')
    },
    onFailed: (error: unknown) =>
      log.warn({ error: wordsOf(error) }, 'nothing can be taken of what is staged'),
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
        const staged = await catchUp(session, head, signal)
        const values = { block: String(session.cursor.number), staged: String(staged) }
        if (head - from > 100n) log.info(values, 'caught up')
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

export const wordsOf = (error: unknown): string =>
  error instanceof Fault ? error.reason : error instanceof Error ? error.message : String(error)
