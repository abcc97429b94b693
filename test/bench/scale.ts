import { createInterface } from 'node:readline'
import { startTestCluster } from '../cluster'
import { freshDatabase } from '../postgres'
import { startLiveChain } from './chain'
import { durable } from './cluster-settings'
import type { Segment, Task } from './index-run'
import { startOwn } from './own-process'
import { cpuOf } from './process-tree'

const [fan, transactions] = [65, 2]
const segmentEvents = 100_000

/**
 * One backfill, measured by segments of 100,000 events: CPU of indexer and database for an event, and memory. What a
 * segment costs may depend on how many segments came before it by 15 % at most.
 */
export async function benchScale({ events }: { events: number }): Promise<void> {
  const chain = await startLiveChain({ small: 0, large: Math.ceil(events / (fan * transactions)), fan })
  const cluster = await startTestCluster(durable)
  const database = await freshDatabase(cluster)
  try {
    console.log(`${chain.events} events in ${chain.head} blocks, in segments of ${segmentEvents}`)
    console.log('    events   wall s   CPU µs/event   PostgreSQL CPU µs/event   memory MB')
    const blocks = Math.round(segmentEvents / (fan * transactions))
    const task: Task = {
      ...{ mode: 'segments', segment: blocks, rpcUrl: chain.rpcUrl, databaseUrl: database.urls.worker },
      ...{ token: chain.token, head: chain.head },
    }
    const child = await startOwn(task, { stdout: 'pipe' })
    const costs: number[] = []
    let before = cpuOf(cluster.pid)
    for await (const line of createInterface(child.stdout!)) {
      const { block, seconds, cpu, megabytes, blocks: counted }: Segment = JSON.parse(line)
      const count = counted * fan * transactions
      const databaseCpu = cpuOf(cluster.pid) - before
      before += databaseCpu
      const [own, theirs] = [(cpu / count) * 1e6, (databaseCpu / count) * 1e6]
      if (counted === blocks) costs.push(own + theirs)
      const cells = [
        block * fan * transactions,
        seconds.toFixed(1),
        own.toFixed(0),
        theirs.toFixed(0),
        Math.round(megabytes),
      ]
      console.log(cells.map((cell, at) => String(cell).padStart([10, 9, 15, 26, 12][at]!)).join(''))
    }
    const [first, last] = [costs[0]!, costs.at(-1)!]
    console.log(`\nlast over first segment ${(last / first).toFixed(2)}`)
  } finally {
    await database.drop()
    await cluster.stop()
    await chain.stop()
  }
}
