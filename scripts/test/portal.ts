import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../local/state'

/** A whole portal of the tests' own: state directory, database, chain and ports apart from any other. */
export async function startPortal(
  stateDirectory: string,
): Promise<{ address: string; stop: () => Promise<void> }> {
  const output: string[] = []
  const { PORT: _port, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { ...env, PLIMSOLL_STATE: stateDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)))
  const address = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /Plimsoll is at (\S+)/.exec(output.join(''))
      if (found?.[1]) resolve(found[1])
    }
    child.stdout.on('data', look)
    child.once('exit', () => reject(new Error(`The portal did not start:\n${output.join('')}`)))
  })
  return { address, stop: () => stop(child) }
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
