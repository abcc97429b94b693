import { checks } from './check/all'
import { runChecks } from './check/run'
import { generateClient } from './prisma/generate.mjs'

generateClient()
const outcomes = await runChecks(checks)
const failed = outcomes.filter(({ ok }) => !ok).length
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
