import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The only code of ours that runs before the dependencies are there, so it uses none and no syntax newer than Node 14. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const LEAST = [20, 19]

/** Checks Node, installs the dependencies if they are missing or older than the lock, and runs a TypeScript file here. */
export async function enter(script) {
  refuseOldNode()
  process.chdir(root)
  installIfNeeded()
  const { register } = await import('tsx/esm/api')
  register({ tsconfig: join(root, 'tsconfig.json') })
  await import(join(root, script))
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return
  console.error(`✗ Node ${process.versions.node} is too old: ${LEAST.join('.')} or newer is needed.`)
  process.exit(1)
}

function installIfNeeded() {
  const lock = join(root, 'package-lock.json')
  // npm writes this file last, so an installation that was broken off counts as none.
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  const start = Date.now()
  console.log('  Dependencies  installing with npm ci, a minute or two')
  const { status } = spawnSync(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (status !== 0) {
    console.error('✗ Dependencies  npm ci failed; its own words are above.')
    process.exit(1)
  }
  console.log(`✓ Dependencies  installed   ${((Date.now() - start) / 1000).toFixed(1)} s`)
}
