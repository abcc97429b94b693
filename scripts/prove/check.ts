import { createRequire } from 'node:module'
import { solve } from './solver'
import { read } from './source'

export type Verdict = 'proved' | 'counterexample' | 'undecided'
export type Answer = { verdict: Verdict; queries: number; seconds: number; said: string[] }

type Message = { errorCode?: string; severity: string; message: string; formattedMessage: string }
type Output = { errors?: Message[]; auxiliaryInputRequested?: { smtlib2queries?: Record<string, string> } }
const solc = createRequire(import.meta.url)('solc') as {
  compile(input: string, callbacks: object): string
}

/** Codes of what the checker says of an assertion, and of arithmetic. */
const proved = ['9576', '2961']
const refuted = ['6328', '4661', '4984', '2661', '3944', '4144', '4281', '3046']

/**
 * The compiler asks its questions, z3 answers them beside it, and the compiler is run again with the answers, until it
 * asks no more.
 *
 * @param engine `chc` for all that can ever happen to the contract; `bmc` for one call of any function, from any state.
 */
export async function check(
  sources: Record<string, string>,
  contract: { file: string; name: string },
  engine: 'chc' | 'bmc',
  targets: readonly string[],
): Promise<Answer> {
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
      },
    },
  }
  const answers: Record<string, string> = {}
  let seconds = 0
  for (;;) {
    const { errors = [], auxiliaryInputRequested } = compile({
      ...input,
      auxiliaryInput: { smtlib2responses: answers },
    })
    const asked = Object.entries(auxiliaryInputRequested?.smtlib2queries ?? {}).filter(
      ([hash]) => !(hash in answers),
    )
    if (asked.length === 0) return { ...judge(errors), queries: Object.keys(answers).length, seconds }
    await Promise.all(
      asked.map(async ([hash, query]) => {
        const { text, took } = await solve(query)
        answers[hash] = text
        seconds += took
      }),
    )
  }
}

function compile(input: object): Output {
  const imports = { import: (path: string) => ({ contents: read(path) }) }
  const output = JSON.parse(solc.compile(JSON.stringify(input), imports)) as Output
  const broken = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (broken.length > 0) throw new Error(broken.map(({ formattedMessage }) => formattedMessage).join('\n'))
  return output
}

function judge(messages: Message[]): Pick<Answer, 'verdict' | 'said'> {
  const said = messages.filter(({ errorCode = '' }) => refuted.includes(errorCode))
  const found = said.some(({ message }) => message.includes('happens here'))
  const safe = messages.some(({ errorCode = '' }) => proved.includes(errorCode))
  const others = messages.filter(
    ({ message }) => message.includes('might happen') || /Error during|could not/.test(message),
  )
  const verdict = found ? 'counterexample' : safe && others.length === 0 ? 'proved' : 'undecided'
  return { verdict, said: [...new Set([...said, ...others])].map(({ message }) => message) }
}
