// Runs forge's own binary: the wrapper that npm puts on the path answers 0 even when a test fails.
import { spawnSync } from 'node:child_process'
import { chmodSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const arch = process.arch === 'x64' ? 'amd64' : process.arch
// npm lays platform packages beside the one that asks for them, or above it.
const require = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json'))
const folder = dirname(require.resolve(`@foundry-rs/forge-${process.platform}-${arch}/package.json`))
const binary = join(folder, 'bin', process.platform === 'win32' ? 'forge.exe' : 'forge')
if ((statSync(binary).mode & 0o111) === 0) chmodSync(binary, 0o755)

const { status, error } = spawnSync(binary, process.argv.slice(2), { stdio: 'inherit' })
if (error) throw error
process.exitCode = status ?? 1
