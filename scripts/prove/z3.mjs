// Z3 from npm behind a pipe: SMT-LIB on stdin, its answer on stdout. Whoever starts it holds the clock.
import { readFileSync } from 'node:fs'
import { init } from 'z3-solver'

const { Z3 } = await init()
for (const option of process.argv.slice(2)) {
  const [name, value] = option.split('=')
  Z3.global_param_set(name, value)
}
const context = Z3.mk_context(Z3.mk_config())
process.stdout.write(await Z3.eval_smtlib2_string(context, readFileSync(0, 'utf8')), () => process.exit(0))
