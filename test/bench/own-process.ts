import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../scripts/local/bundle'
import { root } from '../../scripts/local/state'
import type { Task } from './index-run'

let made: Promise<string> | undefined

/** As one file, as `npm start` runs the worker. @return Its place */
export function bundled(): Promise<string> {
  const folder = join(root, '.plimsoll-bench')
  made ??= bundle(['test/bench/index-run.ts'], folder).then(() => join(folder, 'index-run.mjs'))
  return made
}

/** @param profileTo A folder: then it runs from its sources, so that a profile names their files. */
export async function startOwn(
  task: Task,
  { profileTo, stdout = 'ignore' }: { profileTo?: string; stdout?: 'ignore' | 'pipe' } = {},
): Promise<ChildProcess> {
  const source = fileURLToPath(new URL('index-run.ts', import.meta.url))
  const program = profileTo
    ? ['--cpu-prof', `--cpu-prof-dir=${profileTo}`, '--import', 'tsx', source]
    : [await bundled()]
  return spawn(process.execPath, [...program, JSON.stringify(task)], { stdio: ['ignore', stdout, 'inherit'] })
}
