import { createRequire } from 'node:module'
import { join } from 'node:path'

/** @typedef {{ wall: string, file: string, says: string }} Breach */

const require = createRequire(import.meta.url)
const { forbidden, options } = require('../../.dependency-cruiser.cjs')

/**
 * dependency-cruiser asks its parser for plain TypeScript, which breaks off at the first JSX, and does not tell
 * `import type` from `import`. We put ourselves between the two before it loads the parser. Plain JavaScript, because
 * under tsx it would get another copy of the parser than ours.
 */
let onlyValues = false
const swc = require('@swc/core')
const { parseFileSync } = swc
swc.parseFileSync = (file, given) => {
  const program = parseFileSync(file, { ...given, tsx: file.endsWith('x') })
  return onlyValues ? { ...program, body: program.body.filter((node) => !isTypeOnly(node)) } : program
}

const isTypeOnly = ({ typeOnly, specifiers = [] }) =>
  typeOnly === true ||
  (specifiers.length > 0 && specifiers.every((specifier) => specifier.isTypeOnly === true))

/** Names of all import walls. */
export const importWalls = forbidden.map(({ name }) => name)

const isByValue = ({ name }) => name.endsWith('-by-value')

/**
 * Breaches of the import walls by the files under `paths` of the current directory.
 * @param {string[]} paths
 * @returns {Promise<Breach[]>}
 */
export async function findImportBreaches(paths) {
  onlyValues = false
  const rules = forbidden.filter((rule) => !isByValue(rule))
  const all = await cruisePaths(paths, rules)
  onlyValues = true
  return [...all, ...(await cruisePaths(paths, forbidden.filter(isByValue)))]
}

async function cruisePaths(paths, rules) {
  const { cruise } = await import('dependency-cruiser')
  const { output } = await cruise(
    paths,
    { ...options, validate: true, ruleSet: { forbidden: rules } },
    {
      alias: { '@': process.cwd() },
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      conditionNames: ['node', 'import', 'require', 'types', 'default'],
      exportsFields: ['exports'],
      symlinks: false,
      modules: [join(process.cwd(), 'node_modules'), 'node_modules'],
    },
  )
  return output.summary.violations.map(({ rule, from, to }) => ({
    wall: rule.name,
    file: from,
    says: `imports ${to}`,
  }))
}
