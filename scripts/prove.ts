/**
 * Asks the SMTChecker for a proof of what docs/invariants.md lists as proved, on the text that the contracts are
 * compiled from, and for a counterexample to the same statement about a text made wrong. Fails unless it gets both.
 */
import { check, solverName } from './prove/check'
import { obligations } from './prove/obligations'
import { sourcesOf } from './prove/source'

const only = process.argv.slice(2)
const patience = Number(process.env.PROVE_PATIENCE ?? 90)
let failed = 0
console.log(`SMTChecker with ${solverName}\n`)
console.log(`${'property'.padEnd(72)} ${'engine'.padEnd(6)} ${'answer'.padEnd(15)} seconds`)
for (const { property, harness, subject, engine, targets, loops, wrong } of obligations) {
  if (only.length > 0 && !only.some((word) => harness.includes(word))) continue
  const contract = { file: harness, name: harness.split('/').at(-1)!.replace('.sol', '') }
  for (const edit of [undefined, ...wrong]) {
    const sources = sourcesOf(harness, subject, edit?.edit)
    const answer = check(sources, contract, engine, { targets, loops, patience })
    const good = answer.verdict === (edit ? 'counterexample' : 'proved')
    if (!good) failed++
    const title = edit ? `  wrong: ${edit.what}` : property
    console.log(
      `${title.padEnd(72)} ${engine.padEnd(6)} ${answer.verdict.padEnd(15)} ${answer.seconds.toFixed(1).padStart(7)}${good ? '' : '   FAILED'}`,
    )
    if (!good || process.env.PROVE_VERBOSE)
      for (const line of answer.said) console.log(`    ${line.split('\n').slice(0, 14).join('\n    ')}`)
  }
}
if (failed > 0) {
  console.error(
    `\n${failed} not as they must be. "undecided": the solver gave up in ${patience} s (PROVE_PATIENCE).`,
  )
  process.exitCode = 1
}
