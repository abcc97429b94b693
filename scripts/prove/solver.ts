import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** What the compiler's own interface to z3 sets. */
const options = [
  'rewriter.pull_cheap_ite=true',
  'fp.spacer.q3.use_qgen=true',
  'fp.spacer.mbqi=false',
  'fp.spacer.ground_pobs=false',
]

/** z3 of the system if there is one, several times as fast, else the one from npm. */
const isSystems = spawnSync('z3', ['--version']).status === 0
export const solverName = isSystems ? 'z3 of this system' : 'z3-solver from npm'

/** Seconds for a query. On an idle machine the longest takes less than one minute. */
export const patience = 600

const idle: ChildProcess[] = []
const waiting: (() => void)[] = []
let free = availableParallelism()

/** As many at a time as there are cores. @return What z3 says; `unknown` if it says nothing in time. */
export async function solve(query: string): Promise<{ text: string; took: number }> {
  if (free > 0) free--
  else await new Promise<void>((resolve) => waiting.push(resolve))
  const started = performance.now()
  try {
    const words = query.replace('(set-option :timeout 0)', '')
    const answer = await (isSystems ? askSystem(words) : askNpm(words))
    const text = isAnswer(answer) ? answer : 'unknown\n'
    return { text, took: (performance.now() - started) / 1000 }
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
}

/** Whoever asks no more lets the program end. */
export function dismissSolvers(): void {
  for (const child of idle.splice(0)) child.kill()
}

/**
 * Starting it takes longer than most answers, so one that has answered is asked again. What it has seen before can make
 * it give up at once on what it would else answer: then one that is new is asked.
 */
async function askNpm(query: string): Promise<string> {
  const used = idle.pop()
  if (used) {
    const answer = await askChild(used, query)
    if (isAnswer(answer)) return answer
  }
  return askChild(fork('scripts/prove/z3.mjs', options, { stdio: 'ignore' }), query)
}

const isAnswer = (text: string) => /^(sat|unsat)/.test(text)

const askChild = (child: ChildProcess, query: string): Promise<string> =>
  new Promise((resolve) => {
    const end = (answer: string) => {
      clearTimeout(timer)
      child.removeAllListeners()
      resolve(answer)
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), patience * 1000)
    child.once('message', (answer) => {
      if (isAnswer(String(answer))) idle.push(child)
      else child.kill()
      end(String(answer))
    })
    child.once('exit', () => end(''))
    child.send(query)
  })

const askSystem = (query: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const child = spawn('z3', ['-smt2', '-in', ...options], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: patience * 1000,
      killSignal: 'SIGKILL',
    })
    child.stdout.on('data', (text) => {
      answer += text
    })
    // One that dies before it has read its query has said nothing.
    child.stdin.on('error', () => {})
    child.once('close', () => resolve(answer))
    child.stdin.end(query)
  })
