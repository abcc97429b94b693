import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checks } from '../check/all'
import { run, runChecks } from '../check/run'
import { buildIfNeeded } from '../local/build'
import { openState, root } from '../local/state'
import { findBrowser } from './browser'
import { startPortal } from './portal'
import { type Count, countForge, countLine, countPlaywright, countVitest } from './reports'

export type Stage = {
  name: string
  run: () => Promise<Count>
  /** Beside the others, from the start: it needs one core and a database of its own, and the first others one core too. */
  aside?: true
}

const STATE = '.plimsoll-test'
const results = join(root, 'test-results')
const reportAt = (name: string) => {
  mkdirSync(results, { recursive: true })
  const file = join(results, name)
  rmSync(file, { force: true })
  return file
}

const scripts = () =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Record<string, string>
const holds = (folder: string, suffix: string) =>
  existsSync(join(root, folder)) &&
  readdirSync(join(root, folder), { recursive: true }).some((name) => String(name).endsWith(suffix))

async function check(): Promise<Count> {
  const outcomes = await runChecks(checks)
  const failed = outcomes.filter(({ ok }) => !ok).length
  return { passed: outcomes.length - failed, failed }
}

/** A stage whose program fails without a failed test (it broke off) counts one failure all the same. */
function judge(count: Count, code: number, output: string): Count {
  if (code === 0 && count.failed === 0) return count
  console.log(output.trim().split('\n').slice(-120).join('\n').replace(/^/gm, '    '))
  return count.failed > 0 ? count : { ...count, failed: 1 }
}

async function contracts(): Promise<Count> {
  const { code, stdout, output } = await run(process.execPath, ['scripts/forge.mjs', 'test', '--json'])
  const count = countForge(stdout)
  return judge(
    count,
    code,
    count.failed > 0 ? (await run(process.execPath, ['scripts/forge.mjs', 'test'])).output : output,
  )
}

async function vitest(name: string, config: string): Promise<Count> {
  const file = reportAt(`${name}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const { code, output } = await run('vitest', ['run', '--config', config, ...reporters])
  return judge(countVitest(file), code, output)
}

const units = () => vitest('units', 'vitest.config.ts')

/** Attacks on the production build. */
const security = () => vitest('security', 'vitest.security.config.ts')

async function build(): Promise<Count> {
  await buildIfNeeded(
    () => {},
    () => {},
  )
  return { passed: 1, failed: 0 }
}

async function journeys(): Promise<Count> {
  const browser = findBrowser()
  await run(process.execPath, ['scripts/reset.mjs', '--yes'], { PLIMSOLL_STATE: STATE })
  const portal = await startPortal(STATE)
  try {
    const file = reportAt('playwright.json')
    const { code, output } = await run('playwright', ['test'], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      PLIMSOLL_ADDRESS: portal.address,
      PLIMSOLL_BROWSER: browser,
      PLIMSOLL_STATE: openState(STATE).dir,
    })
    return judge(countPlaywright(file), code, output)
  } finally {
    await portal.stop()
  }
}

/** A script of package.json whose last line counts. */
async function script(name: string, ...words: string[]): Promise<Count> {
  const { code, stdout, output } = await run('npm', ['run', '-s', name, '--', ...words])
  return judge(countLine(stdout), code, output)
}

const prove = () => script('prove')
const chaos = () => script('test:chaos', '--short')
const simulation = () => script('test:sim')

/** Those whose subject is in the tree, in the order in which a failure is cheapest. */
export const stages: Stage[] = [
  { name: 'check', run: check },
  ...(holds('contracts/test', '.t.sol') ? [{ name: 'contracts', run: contracts }] : []),
  ...(holds('contracts/prove', '.sol') ? [{ name: 'prove', run: prove }] : []),
  { name: 'units', run: units },
  ...(holds('app', 'page.tsx') ? [{ name: 'build', run: build }] : []),
  ...(holds('test/security', '.test.ts') ? [{ name: 'security', run: security }] : []),
  ...(holds('e2e', '.spec.ts') || holds('e2e', '.test.ts') ? [{ name: 'journeys', run: journeys }] : []),
  ...(scripts()['test:chaos'] ? [{ name: 'chaos', run: chaos, aside: true as const }] : []),
  ...(scripts()['test:sim'] ? [{ name: 'simulation', run: simulation, aside: true as const }] : []),
]
