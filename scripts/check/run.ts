import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../local/state'

export type Outcome = { name: string; ok: boolean; seconds: number; output: string; warning?: string }

/** What a check says of itself: nothing, a warning, or (thrown) why it fails. */
export type Check = { name: string; run: () => Promise<undefined | { warning: string }> }

export type Ran = { code: number; output: string; stdout: string }

export function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const bin = join(root, 'node_modules', '.bin')
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    })
    let stdout = ''
    let output = ''
    child.stdout.on('data', (text) => {
      stdout += text
      output += text
    })
    child.stderr.on('data', (text) => {
      output += text
    })
    child.once('error', (error) => resolve({ code: 127, output: error.message, stdout: '' }))
    child.once('close', (code) => resolve({ code: code ?? 1, output, stdout }))
  })
}

/** A check that is a command: it fails if the command does. */
export const command = (name: string, program: string, args: string[]): Check => ({
  name,
  run: async () => {
    const { code, output } = await run(program, args)
    if (code !== 0) throw new Error(output.trim().split('\n').slice(-60).join('\n'))
    return undefined
  },
})

export const whenThere = (file: string, check: Check): Check[] =>
  existsSync(join(root, file)) ? [check] : []

/** One after the other, telling each as it ends. */
export async function runChecks(checks: Check[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { name, run: work } of checks) {
    const start = performance.now()
    const seconds = () => (performance.now() - start) / 1000
    let outcome: Outcome
    try {
      const result = await work()
      outcome = { name, ok: true, seconds: seconds(), output: '', ...result }
    } catch (error) {
      outcome = {
        name,
        ok: false,
        seconds: seconds(),
        output: error instanceof Error ? error.message : String(error),
      }
    }
    tell(outcome)
    outcomes.push(outcome)
  }
  return outcomes
}

function tell({ name, ok, seconds, output, warning }: Outcome) {
  console.log(`  ${ok ? '✓' : '✗'} ${name.padEnd(40)} ${seconds.toFixed(1).padStart(6)} s`)
  if (warning) console.log(`    ! ${warning}`)
  if (!ok) console.log(output.replace(/^/gm, '    '))
}
