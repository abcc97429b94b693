import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { seal } from '@/lib/auth/seal'
import { hashToken, newSessionToken } from '@/lib/auth/token'
import { anyFreePort } from '@/scripts/local/ports'
import type { FreshDatabase } from '../postgres'

const secret = 'Vx3dPq81LzRm5TkWn0YcJh7BsGf2AoEu'

/** So many analysts, each signed in, as the cookie that their browser would send. */
export async function signInMany({ superUrl }: FreshDatabase, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  const cookies: string[] = []
  for (let i = 0; i < count; i++) {
    const token = newSessionToken()
    const { rows } = await client.query(
      `INSERT INTO person (id, username, name, side, role, password_hash, chain_person)
       VALUES (gen_random_uuid(), $1, 'Analyst', 'authority', 'analyst', 'x', '0x' || repeat('0', 64)) RETURNING id`,
      [`analyst-${i}`],
    )
    await client.query(
      `INSERT INTO session (id, person_id, expires_at, user_agent) VALUES ($1, $2, now() + interval '1 hour', 'bench')`,
      [hashToken(token), rows[0].id],
    )
    cookies.push(`plimsoll.session=${await seal(token, secret)}`)
  }
  await client.end()
  return cookies
}

export type Started = { origin: string; pid: number; stop: () => void }

/** `next start` on a build that is there already, over this database. */
export async function startWeb(
  { urls }: FreshDatabase,
  rpcUrl: string,
  deploymentFile: string,
): Promise<Started> {
  const port = await anyFreePort()
  const origin = `http://127.0.0.1:${port}`
  const next = path.resolve('node_modules/next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...{
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
      },
      ...{
        PORT: String(port),
        PUBLIC_ORIGIN: origin,
        AUTH_SECRET: secret,
        RPC_URL: rpcUrl,
        CHAIN_ID: '31337',
      },
      ...{ DEPLOYMENT_FILE: deploymentFile, FINALITY_DEPTH: '3', LOG_LEVEL: 'error' },
      ...{
        DATABASE_URL_GATE: urls.gate,
        DATABASE_URL_AUTHORITY: urls.authority,
        DATABASE_URL_FIRM: urls.firm,
      },
    },
  })
  await answering(`${origin}/api/health`, child)
  return { origin, pid: child.pid!, stop: () => child.kill('SIGTERM') }
}

/** The bare server beside it. */
export async function startBare(folder: string, given: object): Promise<Started> {
  const file = path.join(folder, 'bare.json')
  writeFileSync(
    file,
    JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  )
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/bench/web-bare.ts', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text).trim()))
    child.once('exit', () => reject(new Error('The bare server ended while starting')))
  })
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => child.kill('SIGTERM') }
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error('The portal ended while starting')
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('The portal did not answer within 90 s')
}
