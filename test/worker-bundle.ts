import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
let made: Promise<{ worker: string; failpoint: string }> | undefined

/**
 * The worker and the failpoints, each as one file of plain JavaScript: a test that starts many processes compiles them
 * once, and each starts in half the time that hundreds of modules take. Not in them are the database driver, of which
 * both must see the same, and what is native or finds files beside itself. Gone with this process.
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
    external: ['pg', 'pg-*', 'secp256k1', '@prisma/*', 'pino'],
    // For packages in it that are CommonJS.
    banner: {
      js: "import { createRequire as from } from 'node:module'; const require = from(import.meta.url);",
    },
    logLevel: 'error',
  })
  return { worker: join(directory, 'worker.mjs'), failpoint: join(directory, 'failpoint.mjs') }
}
