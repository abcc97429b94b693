import { parseArgs } from 'node:util'
import { startTestCluster } from '../test/cluster'
import { openPlace } from '../test/simulation/place'
import { runSeed } from '../test/simulation/run-seed'

/**
 * Random chains, forks, lies, crashes and hand-overs against the truth, a seed at a time. `--seed N` runs one and prints
 * its history; `--seeds N` runs so many, `--from N` beginning there; `--minutes N` begins no other after so long.
 */
const { values } = parseArgs({
  options: Object.fromEntries(
    ['seed', 'seeds', 'from', 'minutes'].map((name) => [name, { type: 'string' as const }]),
  ),
})
const numberOf = (name: string, otherwise: number) => Number(values[name] ?? otherwise)
const one = values.seed !== undefined
const first = numberOf(one ? 'seed' : 'from', 1)
const count = one ? 1 : numberOf('seeds', 1000)
const end = Date.now() + numberOf('minutes', Number.POSITIVE_INFINITY) * 60_000

const cluster = await startTestCluster()
const failed: number[] = []
let passed = 0
try {
  const place = await openPlace(cluster)
  for (let seed = first; seed < first + count && Date.now() < end; seed++) {
    const { history, differences } = await runSeed(place, seed)
    if (one || differences.length > 0) console.log([`seed ${seed}`, ...history].join('\n  '))
    if (differences.length === 0) passed += 1
    else {
      failed.push(seed)
      console.log(`  ✗ ${differences.join('\n    ')}\n  again: npm run test:sim -- --seed ${seed}`)
    }
  }
  await place.close()
} finally {
  await cluster.stop()
}
console.log(`${passed} seeds passed, ${failed.length} failed${failed.length ? `: ${failed.join(', ')}` : ''}`)
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0
