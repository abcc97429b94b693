import { existsSync } from 'node:fs'
import { findImportBreaches } from './imports.mjs'
import { findWordBreaches } from './words.mjs'

const places = [
  'app',
  'components',
  'lib',
  'prisma',
  'scripts',
  'test',
  'e2e',
  'proxy.ts',
  'instrumentation.ts',
]

/** All breaches in the current directory, or by the named files alone. */
export async function findBreaches(paths = places) {
  const there = paths.filter((path) => existsSync(path))
  return [...(await findImportBreaches(there)), ...findWordBreaches(there)]
}
