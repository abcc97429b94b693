import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { anyFreePort } from './ports'
import { type LocalPostgres, startPostgres } from './postgres'

const directory = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-local-'))
chmodSync(directory, 0o755)
const dataDir = path.join(directory, 'postgres')
const settings = { fsync: 'off' }
let running: LocalPostgres | undefined

afterAll(async () => {
  await running?.stop()
  rmSync(directory, { recursive: true, force: true })
})

const ask = async (connectionString: string, statement: string) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('what was written is there after a stop and a start; the owner is no superuser', async () => {
  const first = await startPostgres({ dataDir, settings })
  await ask(first.ownerUrl('postgres'), 'CREATE DATABASE plimsoll')
  await ask(first.ownerUrl('plimsoll'), 'CREATE TABLE kept AS SELECT 7 AS n')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)

  running = await startPostgres({ dataDir, settings })
  expect(await ask(running.ownerUrl('plimsoll'), 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  const attributes = `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user`
  expect(await ask(running.ownerUrl('plimsoll'), attributes)).toEqual([
    { rolsuper: false, rolbypassrls: false, rolcreaterole: true, rolcreatedb: true },
  ])
})

test('nobody comes in without the password, which only we may read', async () => {
  const wrong = new URL(running!.superUrl('postgres'))
  wrong.password = 'wrong'
  await expect(ask(wrong.toString(), 'SELECT 1')).rejects.toThrow('password authentication failed')
  expect(statSync(`${dataDir}.password`).mode & 0o077).toBe(0)
  expect(existsSync(`${dataDir}.initdb`)).toBe(false)
})

test('one that still runs is taken over, not started again', async () => {
  const again = await startPostgres({ dataDir, settings })
  expect([again.pid, again.port]).toEqual([running!.pid, running!.port])
})

test('one whose starter was killed is taken over', async () => {
  await running!.stop()
  const tsx = path.resolve('node_modules/.bin/tsx')
  const script = `import { startPostgres } from '${path.resolve('scripts/local/postgres.ts')}'
    startPostgres({ dataDir: '${dataDir}' }).then(({ pid }) => { console.log(pid); process.kill(process.pid, 'SIGKILL') })`
  const child = spawn(tsx, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said: string[] = []
  child.stdout.on('data', (chunk) => said.push(String(chunk)))
  await new Promise((resolve) => child.once('close', resolve))
  const orphan = Number(said.join(''))
  expect(isAlive(orphan)).toBe(true)
  running = await startPostgres({ dataDir, settings })
  expect(running.pid).toBe(orphan)
  await running.stop()
  expect(isAlive(orphan)).toBe(false)
})

test('a number in postmaster.pid that is somebody else now does not hinder', async () => {
  const other = spawn('sleep', ['60'], { stdio: 'ignore' })
  try {
    const file = path.join(dataDir, 'postmaster.pid')
    execFileSync('sh', ['-c', `printf '%s\\n%s\\n1\\n5432\\n' ${other.pid} ${dataDir} > ${file}`])
    running = await startPostgres({ dataDir, settings })
    expect(isAlive(other.pid!)).toBe(true)
    expect(Number(readFileSync(file, 'utf8').split('\n')[0])).toBe(running.pid)
  } finally {
    other.kill()
  }
})

test('a port that is taken is said, with what PostgreSQL said of it', async () => {
  await running!.stop()
  const port = await anyFreePort()
  const holder = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => holder.once('listening', resolve))
  const start = startPostgres({ dataDir, port, settings })
  await expect(start).rejects.toThrow(/did not start on port .*Address already in use/s)
  holder.close()
})
