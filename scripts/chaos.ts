import { parseArgs } from 'node:util'
import { startChaos } from '../test/chaos'
import { startTestCluster } from '../test/cluster'
import { freshDatabase } from '../test/postgres'

/** Kills and reorganisations; after each group the tables must equal a clean re-index. `--short`, `--seed N`. */
const { values } = parseArgs({ options: { short: { type: 'boolean' }, seed: { type: 'string' } } })
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const [times, blocks] = values.short ? [5, 120] : [50, 900]
console.log(`seed ${seed}`)

const cluster = await startTestCluster()
const chaos = await startChaos(await freshDatabase(cluster), seed, blocks)
let [passed, failed] = [0, 0]
const judge = (what: string, different: string[]) => {
  console.log(
    `${what}: ${different.length ? `DIFFERENT\n${different.join('\n')}` : 'equal to a clean re-index'}`,
  )
  if (different.length) failed += times
  else passed += times
}
try {
  const halfway = await chaos.kill(times)
  const events = await chaos.events()
  judge(
    `${times} kills -9, ${halfway} of them half-way; the last run had ${events} events`,
    await chaos.compare(),
  )
  await chaos.reorganise(times)
  judge(`${times} reorganisations of depth 1 to 10`, await chaos.compare())
} finally {
  await chaos.stop()
  await cluster.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
