/**
 * How much of contracts/src the tests of contracts/test reach, by forge, a line a file and what is not reached; fails
 * below 98 % of lines or branches. Left to `npm run test:contracts`: gas, which is measured on optimised code, and the
 * long random histories, which would only hide what no test reaches on purpose.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLcov } from './coverage/lcov'

const least = 98
const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-coverage-'))
try {
  const report = join(scratch, 'lcov.info')
  const reports = ['--report', 'lcov', '--report-file', report]
  // Optimised code is kept: what is built here has other bytes.
  const places = ['--out', join(scratch, 'out'), '--cache-path', join(scratch, 'cache')]
  const without = ['--no-match-contract', 'GasTest|Invariants|EventsTest']
  const args = ['scripts/forge.mjs', 'coverage', ...reports, ...places, ...without]
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('forge coverage failed; `npm run test:contracts` says which test.')
  process.exitCode = print(readLcov(readFileSync(report, 'utf8'), 'contracts/src/')) ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true })
}

function print(files: ReturnType<typeof readLcov>): boolean {
  const total = { lines: { hit: 0, all: 0 }, branches: { hit: 0, all: 0 } }
  console.log(row('contracts/src', 'lines', 'branches'))
  for (const { path, lines, branches, missed } of files) {
    for (const kind of ['lines', 'branches'] as const) {
      const counted = kind === 'lines' ? lines : branches
      total[kind].hit += counted.hit
      total[kind].all += counted.all
    }
    console.log(row(path, share(lines), share(branches)))
    for (const place of missed) console.log(`    not reached: ${place}`)
  }
  console.log(row('total', share(total.lines), share(total.branches)))
  const good = [total.lines, total.branches].every(({ hit, all }) => all > 0 && hit * 100 >= all * least)
  if (!good) console.error(`\nBelow ${least} %.`)
  return good
}

function row(name: string, lines: string, branches: string): string {
  return `${name.padEnd(44)} ${lines.padStart(18)} ${branches.padStart(18)}`
}

function share({ hit, all }: { hit: number; all: number }): string {
  return all === 0 ? '–' : `${((100 * hit) / all).toFixed(2)} % ${`${hit}/${all}`.padStart(9)}`
}
