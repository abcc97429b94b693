import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { waitUntil } from './wait'

export type Running = { pid: number; port: number }

/**
 * The server that still runs on this data directory because whoever started it was killed; undefined if none.
 * One that answers is handed back to be used; one that does not is stopped, and what is stale is cleared away.
 * `urlAt` is the superuser's address at a port.
 */
export async function findOrphan(
  dataDir: string,
  urlAt: (port: number) => string,
): Promise<Running | undefined> {
  const file = path.join(dataDir, 'postmaster.pid')
  const running = readPidFile(file)
  if (!running) return undefined
  // A number that was given to another program since says nothing.
  if (!isPostgres(running.pid)) {
    rmSync(file, { force: true })
    return undefined
  }
  const answered = await waitUntil(() => servesDirectory(urlAt(running.port), dataDir), { seconds: 10 })
  if (answered) return running
  await stopServer(running.pid)
  rmSync(file, { force: true })
  return undefined
}

/** Fast shutdown: open transactions are rolled back, what was committed stays. Waits until it is gone. */
export async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  if (await waitUntil(() => !isAlive(pid), { seconds: 30 })) return
  throw new Error(`PostgreSQL (process ${pid}) does not stop. Look what holds it, then stop it by hand.`)
}

function readPidFile(file: string): Running | undefined {
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 1 ? { pid, port: Number(lines[3]) } : undefined
}

async function servesDirectory(connectionString: string, dataDir: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ place: string }>(
      `SELECT current_setting('data_directory') AS place`,
    )
    return path.resolve(rows[0]?.place ?? '') === path.resolve(dataDir)
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres')
  } catch {
    return (
      existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
    )
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
