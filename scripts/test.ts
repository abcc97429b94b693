/** `npm test`: every stage, then a line `N passed, N failed`. `--only <stage>` runs one of them. */
import { generateClient } from './prisma/generate.mjs'
import { type Stage, stages } from './test/stages'

// Types, walls and tests all read the generated client, which a fresh clone does not have.
generateClient()

const at = process.argv.indexOf('--only')
const only = at > 0 ? process.argv[at + 1] : undefined
const chosen = stages.filter(({ name }) => only === undefined || name === only)
if (chosen.length === 0) {
  console.error(`There is no stage ${only}. Stages: ${stages.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}

const rows: { name: string; passed: number; failed: number; seconds: number }[] = []
async function perform({ name, run, aside }: Stage): Promise<void> {
  console.log(`\n── ${name}${aside ? ', aside' : ''}`)
  const start = performance.now()
  const count = await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  })
  // A stage in which nothing ran has shown nothing.
  const failed = count.passed + count.failed === 0 ? 1 : count.failed
  rows.push({ name, passed: count.passed, failed, seconds: (performance.now() - start) / 1000 })
}
async function performAll(those: readonly Stage[]): Promise<void> {
  for (const stage of those) await perform(stage)
}

await Promise.all([
  performAll(chosen.filter(({ aside }) => !aside)),
  performAll(chosen.filter(({ aside }) => aside)),
])

console.log('\nStage        passed  failed      time')
for (const { name, passed, failed, seconds } of rows) {
  const figures = [
    String(passed).padStart(6),
    String(failed).padStart(6),
    `${seconds.toFixed(1)} s`.padStart(10),
  ]
  console.log(`${name.padEnd(12)} ${figures.join('  ')}`)
}
const sum = (of: 'passed' | 'failed') => rows.reduce((total, row) => total + row[of], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') > 0 ? 1 : 0)
