/** Asks the SMTChecker for a proof of what docs/invariants.md lists as proved. Words choose among the harnesses. */
import { prove } from './prove/all'

const { passed, failed } = await prove(process.argv.slice(2))
console.log(`\n${passed} passed, ${failed} failed`)
if (failed > 0 || passed === 0) process.exitCode = 1
