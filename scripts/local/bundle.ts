import { build } from 'esbuild'
import { root } from './state'

/**
 * Programs of ours, each as one file of plain JavaScript: it starts seconds sooner than a compiler and hundreds of
 * modules do, and in less memory. Not in it are the database driver, of which there must be one, and what is native or
 * finds files beside itself.
 * @param entryPoints From the root of the project.
 * @param outdir In the project, so that those packages are found from there. Each gets `<name>.mjs` in it.
 */
export async function bundle(entryPoints: string[], outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
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
    sourcemap: 'linked',
    logLevel: 'error',
  })
}
