import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { chownSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { anyFreePort } from './ports'
import { type Binaries, findBinaries } from './postgres-binaries'
import { findOrphan, stopServer } from './postgres-orphan'
import { claimDataDirectory, type DatabaseUser, findDatabaseUser } from './postgres-user'
import { waitUntil } from './wait'

export type LocalPostgres = {
  /** Address of a database as the role that owns it: no superuser, but may make roles and databases. */
  ownerUrl: (database: string) => string
  /** Address as the superuser, for test fixtures that no role of ours may write. */
  superUrl: (database: string) => string
  port: number
  pid: number
  stop: () => Promise<void>
}

export type Place = {
  dataDir: string
  /** A free one if not given. */
  port?: number
  /** Server settings on top of ours, e.g. { fsync: 'off' }. */
  settings?: Record<string, string>
}

const owner = 'plimsoll_owner'

/**
 * Starts the PostgreSQL that came with npm on `dataDir`, making the cluster on first use; what is in it stays
 * between runs. A server that was left behind by a killed process is taken over. Listens on this machine only.
 */
export async function startPostgres({ dataDir: asked, port, settings = {} }: Place): Promise<LocalPostgres> {
  const user = findDatabaseUser(path.resolve(asked))
  const dataDir = claimDataDirectory(path.resolve(asked), user)
  const binaries = await findBinaries(user)
  const password = await initialise(binaries, dataDir, user)
  const superAt = (at: number, database = 'postgres') => url('postgres', password, at, database)

  const running =
    (await findOrphan(dataDir, superAt)) ?? (await launch(binaries, dataDir, user, superAt, port, settings))
  const ownerPassword = createHmac('sha256', password).update(owner).digest('hex')
  await ensureOwner(superAt(running.port), ownerPassword)
  return {
    ownerUrl: (database) => url(owner, ownerPassword, running.port, database),
    superUrl: (database) => superAt(running.port, database),
    port: running.port,
    pid: running.pid,
    stop: () => stopServer(running.pid),
  }
}

/** Makes the cluster if there is none; returns the superuser's password, which lies beside it, readable by us alone. */
async function initialise({ initdb }: Binaries, dataDir: string, user: DatabaseUser | null): Promise<string> {
  const secret = `${dataDir}.password`
  if (existsSync(path.join(dataDir, 'PG_VERSION'))) {
    if (existsSync(secret)) return readFileSync(secret, 'utf8')
    throw new Error(
      `The database in ${dataDir} has lost its password file ${secret}. Restore it or remove both.`,
    )
  }
  const password = randomBytes(24).toString('hex')
  const passwordForInitdb = `${dataDir}.initdb`
  writeFileSync(passwordForInitdb, password, { mode: 0o600 })
  if (user) chownSync(passwordForInitdb, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordForInitdb}`]
  try {
    await promisify(execFile)(initdb, [`--pgdata=${dataDir}`, ...locale, ...access], as(user))
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true })
    throw new Error(`The database could not be made in ${dataDir}: ${stderrOf(error)}`, { cause: error })
  } finally {
    rmSync(passwordForInitdb, { force: true })
  }
  writeFileSync(secret, password, { mode: 0o600 })
  return password
}

async function launch(
  { postgres }: Binaries,
  dataDir: string,
  user: DatabaseUser | null,
  urlAt: (port: number) => string,
  wantedPort: number | undefined,
  settings: Record<string, string>,
): Promise<{ pid: number; port: number }> {
  const port = wantedPort ?? (await anyFreePort())
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    timezone: 'UTC',
    jit: 'off',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // To a file, not to us: a server that outlives us must still be able to write.
  const logFile = `${dataDir}.log`
  const log = openSync(logFile, 'w', 0o600)
  const server = spawn(postgres, ['-D', dataDir, ...flags], { ...as(user), stdio: ['ignore', log, log] })
  const ready = await waitUntil(async () => hasEnded(server) || (await answers(urlAt(port))), { seconds: 60 })
  if (!ready || hasEnded(server)) {
    server.kill('SIGINT')
    const last = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n')
    throw new Error(`PostgreSQL did not start on port ${port} (data in ${dataDir}):\n${last}`)
  }
  server.unref()
  process.once('exit', () => server.kill('SIGINT'))
  return { pid: server.pid!, port }
}

async function ensureOwner(superUrl: string, password: string) {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [owner])
    // The password is hex digits, so it may stand in the statement, which takes no parameters.
    if (!rowCount) await client.query(`CREATE ROLE ${owner} LOGIN CREATEROLE CREATEDB PASSWORD '${password}'`)
  } finally {
    await client.end()
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 })
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

const hasEnded = (server: ChildProcess) =>
  server.exitCode !== null || server.signalCode !== null || !server.pid

const as = (user: DatabaseUser | null) => (user ? { uid: user.uid, gid: user.gid, cwd: '/' } : {})

const url = (role: string, password: string, port: number, database: string) =>
  `postgresql://${role}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`

const stderrOf = (error: unknown) =>
  typeof error === 'object' && error && 'stderr' in error ? String(error.stderr).trim() : String(error)
