import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const directory = path.join(root, 'prisma/migrations')

export type Migration = { name: string; sql: string; checksum: string }

/** In the order in which they are applied. */
export function listMigrations(): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(path.join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Brings the database that `ownerUrl` names to the newest migration, making it if it is not there, and returns the
 * names of what was applied. The Prisma command line, which takes three seconds, is asked only if there is something
 * to do.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const applied = await listApplied(ownerUrl)
  const wanted = listMigrations()
  const missing = wanted.filter(({ name, checksum }) => applied.get(name) !== checksum)
  if (missing.length === 0) return []
  await runPrisma(['migrate', 'deploy'], ownerUrl)
  const known = await listApplied(ownerUrl)
  const changed = wanted.find(({ name, checksum }) => known.get(name) !== checksum)
  if (!changed) return missing.map(({ name }) => name)
  throw new Error(
    `Migration ${changed.name} was changed after it had been applied to this database. ` +
      'Restore the file, or start with an empty database.',
  )
}

/** Runs the command line that came with npm; what it said on failure is in the error. */
export async function runPrisma(words: string[], ownerUrl: string): Promise<string> {
  const require = createRequire(import.meta.url)
  const cli = path.join(path.dirname(require.resolve('prisma/package.json')), 'build/index.js')
  try {
    const options = { cwd: root, env: { ...process.env, DATABASE_URL: ownerUrl } }
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words], options)
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`prisma ${words.slice(0, 2).join(' ')} failed:\n${stdout}${stderr}`.trim(), {
      cause: error,
    })
  }
}

/** Checksums of finished migrations by name; none if the database or the table is not there yet. */
async function listApplied(ownerUrl: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string; checksum: string }>(
      `SELECT migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    )
    return new Map(rows.map(({ name, checksum }) => [name, checksum]))
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '3D000' || code === '42P01') return new Map()
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}
