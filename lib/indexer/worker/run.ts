import { setTimeout as pause } from 'node:timers/promises'
import { watchHeads } from '../../chain/heads'
import { upstreamsOf } from '../../chain/upstreams'
import { checkLogsJob } from '../nodes/check-logs'
import { watchNodesJob } from '../nodes/watch-node'
import { fillJob } from '../watched/fill'
import { runJobs } from './jobs'
import { type Lease, takeLead } from './leadership'
import { createPager } from './pager'
import { stageJob } from './stage'
import { createTurns, type TurnOptions, wordsOf } from './turn'

/** `pollMs`: milliseconds after which heads are asked for where no node announces them. */
export type IndexerOptions = TurnOptions & { lease?: Lease; pollMs?: number }

/**
 * Indexes a chain until told to stop. Any number of processes may: one leads, the others wait for it to end and
 * fetch for it meanwhile, and whoever was overtaken without noticing is fenced off by its epoch.
 */
export async function runIndexer(options: IndexerOptions, signal: AbortSignal): Promise<void> {
  const { pool, source, config, log, lease } = options
  let leads = false
  const helping = runJobs([stageJob(options, () => leads)], log, signal)
  while (!signal.aborted) {
    const lead = await takeLead(pool, config.id, lease).catch((error) => {
      log.warn({ error: String(error) }, 'database not reachable')
    })
    leads = lead !== undefined
    if (lead) {
      const over = new AbortController()
      const ends = AbortSignal.any([signal, lead.lost, over.signal])
      const jobs = [
        watchNodesJob(pool, source, config.id),
        checkLogsJob(pool, source, config.id, createPager(log, config.id)),
        fillJob(pool, source, config),
      ]
      const watching = runJobs(jobs, log, ends)
      await follow(options, ends).catch((error) => log.error({ error: wordsOf(error) }, 'indexer stopped'))
      over.abort()
      await watching
      lead.release()
    }
    await pause(500, undefined, { signal }).catch(() => {})
  }
  await helping
}

/** Returns when the signal says so, or another writer took over. */
async function follow(options: IndexerOptions, signal: AbortSignal): Promise<void> {
  const { pollMs = 1000 } = options
  const bell = createBell(signal)
  const turn = createTurns(options)
  const heads = upstreamsOf(options.source.rpc).members.map(({ url }) => watchHeads(url, bell.ring))
  try {
    while (!signal.aborted) {
      const outcome = await turn(signal)
      if (outcome.state === 'fenced') return
      if (outcome.state === 'done') await bell.wait(pollMs)
      else await pause(outcome.waitMs, undefined, { signal }).catch(() => {})
    }
  } finally {
    for (const each of heads) each.stop()
  }
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
