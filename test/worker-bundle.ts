import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
let made: Promise<{ worker: string; failpoint: string }> | undefined

/**
 * The worker and the failpoints, each as one file of plain JavaScript: a test that starts many processes compiles them
 * once. Packages are not in them, so that both see the same database driver. Gone with this process.
 */
export function bundleWorker(): Promise<{ worker: string; failpoint: string }> {
  made ??= bundle(join(root, 'test-results', `worker-${process.pid}`))
  return made
}

async function bundle(directory: string) {
  mkdirSync(directory, { recursive: true })
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/worker.ts', 'test/failpoint.ts'],
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'error',
  })
  return { worker: join(directory, 'worker.mjs'), failpoint: join(directory, 'failpoint.mjs') }
}
