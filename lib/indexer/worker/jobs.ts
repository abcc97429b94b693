import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from './pager'

/** Something a worker does again and again beside indexing. A run that fails is logged and soon tried again. */
export type Job = { name: string; everyMs: number; run: (signal: AbortSignal) => Promise<void> }

/** Runs each job on its own clock, never twice at once, until told to stop; then waits for those that run. */
export async function runJobs(jobs: readonly Job[], log: Log, signal: AbortSignal): Promise<void> {
  await Promise.all(jobs.map((job) => runJob(job, log, signal)))
}

async function runJob(job: Job, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let delay = job.everyMs
    await job.run(signal).catch((error) => {
      delay = Math.min(delay, 5000)
      if (!signal.aborted) log.warn({ job: job.name, error: String(error) }, 'job failed')
    })
    await pause(delay, undefined, { signal }).catch(() => {})
  }
}
