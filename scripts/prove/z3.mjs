/** z3 of npm, started once and asked many times. Options as `name=value`; each message is a query, each answer a message. */
import { init } from 'z3-solver'

const { Z3 } = await init()
for (const option of process.argv.slice(2)) Z3.global_param_set(...option.split('='))

process.on('message', async (query) => {
  const context = Z3.mk_context(Z3.mk_config())
  process.send(await Z3.eval_smtlib2_string(context, query))
  Z3.del_context(context)
})
