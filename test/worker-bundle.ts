import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '@/scripts/local/bundle'
import { root } from '@/scripts/local/state'

let made: Promise<{ worker: string; failpoint: string }> | undefined

/** The worker and the failpoints: a test that starts many processes compiles them once. Gone with this process. */
export function bundleWorker(): Promise<{ worker: string; failpoint: string }> {
  made ??= bundleBoth(join(root, 'test-results', `worker-${process.pid}`))
  return made
}

async function bundleBoth(directory: string) {
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  await bundle(['scripts/worker.ts', 'test/failpoint.ts'], directory)
  return { worker: join(directory, 'worker.mjs'), failpoint: join(directory, 'failpoint.mjs') }
}
