import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { provisionRoles, type RoleUrls } from '@/lib/db/roles'
import { startPostgres } from '@/scripts/local/postgres'
import { listMigrations } from '@/scripts/prisma/migrate'

/** Addresses of the template, a migrated and empty database that nobody may connect to; see test/postgres.ts. */
export type Cluster = { urls: RoleUrls; ownerUrl: string; superUrl: string }

const template = 'plimsoll_template'
// Nothing here outlives the run, so it may lose all on a power failure.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

/**
 * A PostgreSQL of its own in the temporary directory, about two seconds; `stop` removes it.
 * @param more Server settings on top of those, e.g. { fsync: 'on' }.
 */
export async function startTestCluster(
  more: Record<string, string> = {},
): Promise<Cluster & { pid: number; stop: () => Promise<void> }> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-test-'))
  // As root the server runs as another user, who must be able to enter.
  chmodSync(directory, 0o755)
  const dataDir = path.join(directory, 'postgres')
  const server = await startPostgres({ dataDir, settings: { ...settings, ...more } })
  const stop = async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await run(server.ownerUrl('postgres'), [`CREATE DATABASE ${template}`])
    const ownerUrl = server.ownerUrl(template)
    // The files themselves: the command line would take three seconds more, and has a test of its own.
    await run(
      ownerUrl,
      listMigrations().map(({ sql }) => sql),
    )
    const urls = await provisionRoles(ownerUrl, 'the secret of the tests')
    await run(server.superUrl('postgres'), [`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`])
    return { urls, ownerUrl, superUrl: server.superUrl(template), pid: server.pid, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function run(connectionString: string, statements: string[]) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
