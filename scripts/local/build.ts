import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle'
import { root } from './state'
import { type Say, StepFailed } from './steps'

/** Everything a build is made of. Tests beside the sources are not. */
const inputs = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'scripts/worker.ts',
  'scripts/jobs',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const built = join(root, '.next')
const record = join(built, 'plimsoll-build.json')

/** The worker as the build makes it. */
export const builtWorker = join(built, 'worker.mjs')

function* walk(path: string): Generator<string> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return
  if (stat.isFile()) yield path
  else for (const name of readdirSync(path).sort()) yield* walk(join(path, name))
}

export function hashOf(paths: string[], { tests = true } = {}): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of walk(join(root, path))) {
      if (!tests && /\.test\.tsx?$/.test(file)) continue
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

const readOrNothing = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** `next build`, and the worker, if what is built is not what is here. The record lies with the build it speaks of and goes with it. */
export async function buildIfNeeded(say: Say, onChild: (child: ChildProcess) => void) {
  const describeInputs = () => `${hashOf(inputs, { tests: false })} ${process.version}`
  const buildId = () => readOrNothing(join(built, 'BUILD_ID'))
  if (buildId() && existsSync(builtWorker) && readOrNothing(record) === `${describeInputs()} ${buildId()}`) {
    return { detail: 'up to date', value: undefined }
  }
  rmSync(record, { force: true })
  say('next build, most of a minute')
  const output: string[] = []
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      __NEXT_PROCESSED_ENV: 'true',
    },
  })
  onChild(child)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) {
    throw new StepFailed('Build', ['next build failed:', ...output.join('').trim().split('\n').slice(-40)])
  }
  await bundle(['scripts/worker.ts'], built)
  // Looked at again: the build itself may have touched tsconfig.json.
  writeFileSync(record, `${describeInputs()} ${buildId()}`)
  return { detail: 'next build', value: undefined }
}
