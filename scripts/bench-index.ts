import { startBenchChain, timeFetch, timeIndex } from '../test/bench-index'
import { startTestCluster } from '../test/cluster'

/** Events a second and peak memory of a backfill with full verification, beside fetching the same blocks alone. */
const rounds = 3
const chain = await startBenchChain({ small: 1500, large: 900 })
const cluster = await startTestCluster()
console.log(`${chain.events} events in ${chain.head} blocks; PostgreSQL without fsync; ${rounds} rounds\n`)
const [fetches, indexes] = [[], []] as Awaited<ReturnType<typeof timeIndex>>[][]
try {
  for (let round = 0; round < rounds; round++) {
    fetches!.push(await timeFetch(chain))
    indexes!.push(await timeIndex(cluster, chain))
  }
} finally {
  await cluster.stop()
  await chain.stop()
}

const median = (runs: typeof indexes, field: 'seconds' | 'cpu' | 'megabytes') =>
  runs!.map((run) => run[field]).sort((a, b) => a - b)[Math.floor(rounds / 2)]!
const table = { 'fetch alone': fetches, 'index, verified': indexes }
for (const [name, runs] of Object.entries(table)) {
  const seconds = median(runs, 'seconds')
  const rate = Math.round(chain.events / seconds).toLocaleString('en-GB')
  const each = runs!.map((run) => run.seconds.toFixed(1)).join(', ')
  console.log(
    `${name.padEnd(16)} ${seconds.toFixed(2).padStart(7)} s (${each})  ${rate.padStart(8)} events/s  ` +
      `CPU ${median(runs, 'cpu').toFixed(1)} s  peak ${Math.round(median(runs, 'megabytes'))} MB`,
  )
}
console.log(`\nratio ${(median(indexes, 'seconds') / median(fetches, 'seconds')).toFixed(1)}`)
