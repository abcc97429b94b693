import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { read } from './source'

export type Verdict = 'proved' | 'counterexample' | 'undecided'
export type Answer = { verdict: Verdict; queries: number; seconds: number; said: string[] }

type Message = { errorCode?: string; severity: string; message: string; formattedMessage: string }
const solc = createRequire(import.meta.url)('solc') as {
  compile(input: string, callbacks: object): string
}

/** What the compiler's own interface to z3 sets. */
const options = [
  'rewriter.pull_cheap_ite=true',
  'fp.spacer.q3.use_qgen=true',
  'fp.spacer.mbqi=false',
  'fp.spacer.ground_pobs=false',
]

/** z3 of the system if there is one, several times as fast, else the one from npm. */
const system = spawnSync('z3', ['--version']).status === 0
export const solverName = system ? 'z3 of this system' : 'z3-solver from npm'
const [command, first] = system ? ['z3', ['-smt2', '-in']] : [process.execPath, ['scripts/prove/z3.mjs']]

/** Codes of what the checker says of an assertion; 4984 and 3944 are of arithmetic, 4281 of a division. */
const proved = ['9576', '2961']
const refuted = ['6328', '4661', '4984', '2661', '3944', '4144', '4281', '3046']

/**
 * @param engine `chc` for all that can ever happen to the contract; `bmc` for one call of any function, from any state.
 * @param patience Seconds for a query.
 */
export function check(
  sources: Record<string, string>,
  contract: { file: string; name: string },
  engine: 'chc' | 'bmc',
  { targets, loops, patience }: { targets: readonly string[]; loops?: number; patience: number },
): Answer {
  let queries = 0
  const started = performance.now()
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(Object.entries(sources).map(([path, content]) => [path, { content }])),
    settings: {
      outputSelection: { '*': { '*': ['abi'] } },
      modelChecker: {
        contracts: { [contract.file]: [contract.name] },
        engine,
        solvers: ['smtlib2'],
        targets,
        showProvedSafe: true,
        showUnproved: true,
        timeout: 0,
        ...(loops ? { bmcLoopIterations: loops } : {}),
      },
    },
  }
  const smtSolver = (query: string) => {
    queries++
    const { stdout } = spawnSync(command, [...first, ...options], {
      input: query.replace('(set-option :timeout 0)', ''),
      encoding: 'utf8',
      timeout: patience * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: 2 ** 28,
    })
    return { contents: /^(sat|unsat)/.test(stdout ?? '') ? stdout : 'unknown\n' }
  }
  const output = JSON.parse(
    solc.compile(JSON.stringify(input), { smtSolver, import: (path: string) => ({ contents: read(path) }) }),
  ) as { errors?: Message[] }
  const messages = output.errors ?? []
  const broken = messages.filter(({ severity }) => severity === 'error')
  if (broken.length > 0) throw new Error(broken.map(({ formattedMessage }) => formattedMessage).join('\n'))

  const said = messages.filter(({ errorCode = '' }) => refuted.includes(errorCode))
  const found = said.some(({ message }) => message.includes('happens here'))
  const safe = messages.some(({ errorCode = '' }) => proved.includes(errorCode))
  const others = messages.filter(
    ({ message }) => message.includes('might happen') || /Error during|could not/.test(message),
  )
  const verdict = found ? 'counterexample' : safe && others.length === 0 ? 'proved' : 'undecided'
  return {
    verdict,
    queries,
    seconds: (performance.now() - started) / 1000,
    said: [...new Set([...said, ...others])].map(({ message }) => message),
  }
}
