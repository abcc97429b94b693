import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { importWalls } from './imports.mjs'
import { findBreaches } from './walls.mjs'
import { wordWallNames } from './words.mjs'

/** @typedef {{ wall: string, file: string, text: string, beside?: Record<string, string> }} Canary */

const importing = (what) => `import { x } from '${what}'\nexport const y = x\n`

/** For each arrow a place that its part must not import. */
const arrowTargets = {
  'lib/errors': 'lib/format/canary-target',
  'lib/env': 'lib/db/canary-target',
  'lib/live': 'lib/acts/canary-target',
  'lib/db': 'lib/queries/canary-target',
  'lib/auth': 'lib/queries/canary-target',
  'lib/queries': 'lib/acts/canary-target',
  'lib/acts': 'lib/queries/canary-target',
  'lib/boot-web': 'lib/acts/canary-target',
  'lib/configuration': 'lib/auth/canary-target',
  components: 'lib/db/canary-target',
  app: 'lib/db/canary-target',
}

function arrowCanary(wall) {
  const part = wall.slice('arrow:'.length)
  const target = arrowTargets[part] ?? 'lib/acts/canary-target'
  const single = ['lib/env', 'lib/configuration', 'lib/boot-web'].includes(part)
  return {
    wall,
    file: single ? `${part}-canary.ts` : `${part}/canary.ts`,
    text: importing(`@/${target}`),
    beside: { [`${target}.ts`]: 'export const x = 1\n' },
  }
}

const target = (file) => ({ [`${file}.ts`]: 'export const x = 1\n' })

/** @type {Canary[]} */
const others = [
  {
    wall: 'db-knows-types-only-by-value',
    file: 'lib/db/canary.ts',
    text: importing('@/lib/auth/officer'),
    beside: target('lib/auth/officer'),
  },
  {
    wall: 'env-runs-nothing-by-value',
    file: 'lib/env-canary.ts',
    text: importing('./chain/deployment'),
    beside: target('lib/chain/deployment'),
  },
  {
    wall: 'components-call-no-door-by-value',
    file: 'components/ui/canary.tsx',
    text: `${importing('@/lib/queries/canary-target')}export const Z = () => <b>{y}</b>\n`,
    beside: target('lib/queries/canary-target'),
  },
  { wall: 'prisma-in-db-alone', file: 'lib/queries/canary.ts', text: importing('@prisma/client') },
  { wall: 'wagmi-in-wallet-alone', file: 'components/ui/canary.tsx', text: importing('wagmi') },
  { wall: 'next-auth-in-auth-alone', file: 'lib/queries/canary.ts', text: importing('next-auth') },
  {
    wall: 'lib-knows-no-screen',
    file: 'lib/live/canary.ts',
    text: importing('@/components/ui/canary-target'),
    beside: target('components/ui/canary-target'),
  },
  { wall: 'plain-node-below', file: 'lib/chain/canary.ts', text: "import 'server-only'\n" },
  {
    wall: 'no-cycles',
    file: 'lib/format/canary.ts',
    text: importing('./canary-target'),
    beside: { 'lib/format/canary-target.ts': "import { y } from './canary'\nexport const x = y\n" },
  },
  {
    wall: 'tests-stay-in-tests',
    file: 'lib/format/canary.ts',
    text: importing('@/test/canary-target'),
    beside: target('test/canary-target'),
  },
  { wall: 'nothing-unresolved', file: 'lib/format/canary.ts', text: importing('./nowhere') },
  {
    wall: 'environment-read-once',
    file: 'lib/format/canary.ts',
    text: 'export const y = process.env.HOME\n',
  },
  {
    wall: 'runtime-asked-once',
    file: 'lib/env.ts',
    text: 'export const y = process.env.NEXT_RUNTIME\n',
  },
  {
    wall: 'officers-minted-by-auth',
    file: 'lib/queries/canary.ts',
    text: "import { mintOfficer } from '@/lib/auth/officer'\nexport const y = mintOfficer\n",
    beside: { 'lib/auth/officer.ts': 'export const mintOfficer = 1\n' },
  },
  { wall: 'no-default-exports', file: 'lib/format/canary.ts', text: 'export default 1\n' },
  {
    wall: 'no-barrels',
    file: 'lib/format/canary.ts',
    text: "export * from './canary-target'\n",
    beside: target('lib/format/canary-target'),
  },
  {
    wall: 'server-actions-in-actions-files',
    file: 'app/canary.ts',
    text: "'use server'\nexport const y = 1\n",
  },
]

/** Breaks each wall in a scratch tree, one after the other. A wall without a canary counts as blind. */
export async function breakEachWall() {
  const home = process.cwd()
  const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-walls-'))
  const walls = [...importWalls, ...wordWallNames]
  try {
    symlinkSync(join(home, 'node_modules'), join(scratch, 'node_modules'))
    for (const name of ['package.json', 'tsconfig.json']) cpSync(join(home, name), join(scratch, name))
    process.chdir(scratch)
    const results = []
    for (const wall of walls) results.push({ wall, seen: await isSeen(wall) })
    return results
  } finally {
    process.chdir(home)
    rmSync(scratch, { recursive: true })
  }
}

async function isSeen(wall) {
  const canary = wall.startsWith('arrow:') ? arrowCanary(wall) : others.find((other) => other.wall === wall)
  if (!canary) return false
  const files = { [canary.file]: canary.text, ...canary.beside }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  try {
    const breaches = await findBreaches([canary.file])
    return breaches.some((breach) => breach.wall === wall && breach.file in files)
  } finally {
    for (const file of Object.keys(files)) if (existsSync(file)) rmSync(file)
  }
}
