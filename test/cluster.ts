import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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
    await waitForSessions(server.superUrl('postgres'))
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

/** Clients that are about to end get five seconds: one that the server cuts off throws, with nobody there to catch it. */
async function waitForSessions(connectionString: string) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  try {
    await client.connect()
    for (const deadline = Date.now() + 5_000; Date.now() < deadline; await pause(50)) {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      )
      if (rowCount === 0) break
    }
  } catch {
    // Of a server that is gone there is nobody to wait for.
  } finally {
    await client.end()
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
