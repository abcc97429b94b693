import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files that the framework or a tool reads by their default export. */
const demanded =
  /^(app\/.*\/?(page|layout|loading|error|global-error|not-found|template|default|icon|apple-icon|manifest|robots|sitemap)\.tsx?|[\w.-]+\.config\.(ts|mjs)|test\/.*setup\.ts)$/
const tests = /(\.test\.tsx?$|^test\/|^e2e\/)/

/**
 * Walls that no import shows. Each looks for words outside of comments.
 * @type {{ name: string, says: string, pattern: RegExp, allowed: RegExp }[]}
 */
const wordWalls = [
  {
    name: 'environment-read-once',
    says: 'reads process.env; only lib/env.ts does',
    pattern: /process\s*(\?\.|\.)\s*env\b(?!\.NEXT_RUNTIME\b)|process\s*\[\s*['"]env|import\.meta\.env/,
    allowed: /^(lib\/env\.ts|scripts\/.*|test\/.*|e2e\/.*|[\w.-]+\.config\.(ts|mjs))$/,
  },
  {
    // No setting: the framework's build puts a constant in place of exactly these words, and only then drops the branch
    // and all that it imports. Read through lib/env, the database would be bundled for a runtime that we do not use.
    name: 'runtime-asked-once',
    says: 'reads process.env.NEXT_RUNTIME; only instrumentation.ts does',
    pattern: /process\s*(\?\.|\.)\s*env\.NEXT_RUNTIME\b/,
    allowed: /^(instrumentation\.ts|scripts\/check\/.*)$/,
  },
  {
    name: 'officers-minted-by-auth',
    says: 'names mintOfficer; only lib/auth, the worker and tests do',
    pattern: /\bmintOfficer\b/,
    allowed: new RegExp(`^(lib/auth/.*|scripts/(worker|check)(\\.ts|/.*))$|${tests.source}`),
  },
  {
    name: 'no-default-exports',
    says: 'has a default export, which nobody demands of it',
    pattern: /^export\s+default\b|^export\s*\{[^}]*\bdefault\b/m,
    allowed: demanded,
  },
  {
    name: 'no-barrels',
    says: 'passes on the whole of another file',
    pattern: /^export\s+(type\s+)?\*/m,
    allowed: /^$/,
  },
  {
    name: 'server-actions-in-actions-files',
    says: "says 'use server'; only actions.ts of a noun does",
    pattern: /^\s*['"]use server['"]/m,
    allowed: /^app\/.*\/actions\.ts$/,
  },
]

export const wordWallNames = wordWalls.map(({ name }) => name)

/** Good enough for our own style: strings that hold a comment mark are rare, and hide only their own line's end. */
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

/**
 * @param {string[]} paths
 * @returns {import('./imports.mjs').Breach[]}
 */
export function findWordBreaches(paths) {
  const files = paths.flatMap((path) => [...walk(path)])
  return files.flatMap((file) => {
    const text = withoutComments(readFileSync(file, 'utf8'))
    return wordWalls
      .filter(({ allowed, pattern }) => !allowed.test(file) && pattern.test(text))
      .map(({ name, says }) => ({ wall: name, file, says }))
  })
}

/** Programs of others that we are measured against, in their own form and with their own packages. */
const foreign = /^test\/bench\/ponder\//

function* walk(path) {
  if (foreign.test(path)) return
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile() && /\.(ts|tsx|mjs)$/.test(path) && !path.includes('/generated/')) yield path
  if (stat?.isDirectory()) for (const name of readdirSync(path)) yield* walk(join(path, name))
}
