import { checkAdvisories, checkLock } from './lock'
import { type Check, command, whenThere } from './run'

/** What `npm run check` runs, and `npm test` first: everything that needs no test to be seen. */
export const checks: Check[] = [
  command('format and lint', 'biome', ['check', '--error-on-warnings']),
  command('types', 'tsc', ['--noEmit']),
  command('walls', process.execPath, ['scripts/check-walls.mjs']),
  command('walls see who crosses them', process.execPath, ['scripts/check-walls.mjs', '--canary']),
  command('no dead files or dependencies', 'knip', ['--no-progress']),
  ...whenThere(
    'scripts/prisma/check.ts',
    command('migrations give the schema', 'npm', ['run', '-s', 'db:check']),
  ),
  ...whenThere(
    'scripts/contracts.ts',
    command('ABIs are the contracts’, storage is kept', 'npm', ['run', '-s', 'contracts:check']),
  ),
  { name: 'lock', run: checkLock },
  { name: 'advisories', run: checkAdvisories },
]
