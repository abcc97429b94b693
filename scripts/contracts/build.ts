import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SolcInput, SolcOutput } from '@openzeppelin/upgrades-core'

/** Artifacts by forge's own names, and what the compiler was asked and answered. */
export type Build = { out: string; info: { input: SolcInput; output: SolcOutput; solcVersion: string } }

/** Compiles contracts/src afresh and whole: of a build in parts the compiler would show only the part. */
export function withBuild<T>(use: (build: Build) => T): T {
  const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-contracts-'))
  try {
    const out = join(scratch, 'out')
    const places = ['--out', out, '--cache-path', join(scratch, 'cache')]
    execFileSync(
      process.execPath,
      ['scripts/forge.mjs', 'build', '--build-info', '--skip', 'test', ...places],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    const files = readdirSync(join(out, 'build-info'))
    if (files.length !== 1) throw new Error(`Expected one build, found ${files.length}.`)
    return use({ out, info: JSON.parse(readFileSync(join(out, 'build-info', files[0]!), 'utf8')) })
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
