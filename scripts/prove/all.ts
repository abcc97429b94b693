import { check } from './check'
import { type Obligation, obligations } from './obligations'
import { dismissSolvers, patience, solverName } from './solver'
import { type Edit, sourcesOf } from './source'

/**
 * Every obligation: a proof on the text that the contracts are compiled from, and a counterexample to the same statement
 * about each text made wrong. @param only Words of the harnesses' names; none for all.
 */
export async function prove(only: string[] = []): Promise<{ passed: number; failed: number }> {
  console.log(`SMTChecker with ${solverName}\n`)
  console.log(`${'property'.padEnd(72)} ${'engine'.padEnd(6)} ${'answer'.padEnd(15)} seconds of z3`)
  const chosen = obligations.filter(
    ({ harness }) => only.length === 0 || only.some((word) => harness.includes(word)),
  )
  const started = chosen.flatMap((obligation) => [
    { title: obligation.property, wanted: 'proved', obligation, asked: ask(obligation) },
    ...obligation.wrong.map(({ what, edit }) => ({
      title: `  wrong: ${what}`,
      wanted: 'counterexample',
      obligation,
      asked: ask(obligation, edit),
    })),
  ])
  let failed = 0
  for (const { title, wanted, obligation, asked } of started) {
    const { verdict, seconds, said } = await asked
    const good = verdict === wanted
    if (!good) failed++
    const row = [
      title.padEnd(72),
      obligation.engine.padEnd(6),
      verdict.padEnd(15),
      seconds.toFixed(1).padStart(7),
    ]
    console.log(`${row.join(' ')}${good ? '' : '   FAILED'}`)
    if (good) continue
    for (const line of said) console.log(`    ${line.split('\n').slice(0, 14).join('\n    ')}`)
  }
  dismissSolvers()
  if (failed > 0) console.error(`\n${failed} not as they must be. "undecided": z3 gave up in ${patience} s.`)
  return { passed: started.length - failed, failed }
}

function ask({ harness, subject, engine, targets }: Obligation, edit?: Edit) {
  const contract = { file: harness, name: harness.split('/').at(-1)!.replace('.sol', '') }
  return check(sourcesOf(harness, subject, edit), contract, engine, targets)
}
