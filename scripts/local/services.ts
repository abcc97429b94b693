import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'
import type { Book, ChildName } from './book'
import { end, identify } from './processes'
import { root, type StateDirectory } from './state'

export type Service = {
  name: ChildName
  pid: number
  /** What it died of, in words; never rejects. */
  ended: Promise<string>
  stop: () => Promise<void>
}

/**
 * Starts one of our own processes in a group of its own: the terminal's Ctrl-C reaches the launcher alone, which
 * then stops everything in its order. Its words go to a log that the next start keeps as `<name>.1.log`.
 */
export function startService(
  { state, book }: { state: StateDirectory; book: Book },
  name: ChildName,
  args: string[],
  env: NodeJS.ProcessEnv,
): Service {
  const log = logOf(state, name)
  if (existsSync(log)) renameSync(log, state.path('logs', `${name}.1.log`))
  const output = openSync(log, 'a', 0o600)
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const identity = child.pid ? identify(child.pid) : undefined
  if (child.pid) book.rememberChild(name, child.pid)
  return {
    name,
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => {
      child.once('error', (error) => resolve(`could not start (${error.message})`))
      child.once('exit', (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
      )
    }),
    stop: async () => {
      if (identity) await end(identity, { group: true })
      book.forgetChild(name)
    },
  }
}

const logOf = (state: StateDirectory, name: string) => state.path('logs', `${name}.log`)

/** The last lines a process wrote, for the person at the terminal. */
export function lastWords(state: StateDirectory, name: string, lines = 15): string[] {
  const file = logOf(state, name)
  const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  return [...(text ? text.split('\n').slice(-lines) : ['(it wrote nothing)']), `log: ${file}`]
}

/** Ends web, worker and traffic of a launcher that was killed; database and chain are used again instead. */
export async function endOrphans(book: Book): Promise<string[]> {
  const ended: string[] = []
  for (const name of ['traffic', 'web', 'worker'] as const) {
    const identity = book.findChild(name)
    if (!identity) continue
    await end(identity, { group: true })
    book.forgetChild(name)
    ended.push(name)
  }
  return ended
}
