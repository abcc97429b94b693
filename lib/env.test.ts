import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { setEnvironment, withEnvironment } from '@/test/environment'
import { EnvironmentError, env, readEnvironment, type Source, variables } from './env'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-env-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(text: string): string {
  const file = join(folder, `${Math.random()}.json`)
  writeFileSync(file, text)
  return file
}

const orders = `0x${'a'.repeat(40)}`
const secret = 'pZ3vK8rT1qWm5xY7bN2cL9dF4gH6jS0aQeRu'
const good: Source = {
  PUBLIC_ORIGIN: 'http://127.0.0.1:3000',
  AUTH_SECRET: secret,
  RPC_URL: 'http://127.0.0.1:8545',
  CHAIN_ID: '31337',
  DEPLOYMENT_FILE: fileWith(JSON.stringify({ chainId: 31337, orders })),
  DATABASE_URL_GATE: 'postgresql://gate:hunter2hunter2@127.0.0.1:5432/plimsoll',
}

function mistakesOf(changes: Source): string[] {
  try {
    readEnvironment({ ...good, ...changes })
    return []
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message.split('\n')
    throw error
  }
}

describe('a right environment', () => {
  it('is read with the defaults of what was left out', () => {
    const read = readEnvironment(good)
    expect(read).toMatchObject({
      production: false,
      port: 3000,
      chainId: 31337,
      demo: false,
      finalityDepth: 0,
    })
    expect(read.deployment.orders).toBe(orders)
    expect(read.database.gate).toBe(good.DATABASE_URL_GATE)
  })

  it('may lack a database role until that role is asked for', () => {
    expect(() => readEnvironment(good).database.worker).toThrow('DATABASE_URL_WORKER is missing')
  })
})

describe('each mistake', () => {
  const missing = (name: string) => [{ [name]: undefined } as Source, `${name} is missing`] as const
  it.each<readonly [Source, string]>([
    missing('PUBLIC_ORIGIN'),
    missing('AUTH_SECRET'),
    missing('RPC_URL'),
    missing('CHAIN_ID'),
    missing('DEPLOYMENT_FILE'),
    [{ AUTH_SECRET: '  ' }, 'AUTH_SECRET is empty'],
    [{ DEPLOYMENT_FILE: '' }, 'DEPLOYMENT_FILE is empty'],
    [{ DATABASE_URL_FIRM: '' }, 'DATABASE_URL_FIRM is empty'],
    [{ AUTH_SECRET: secret.slice(0, 31) }, 'AUTH_SECRET must have at least 32 bytes'],
    [{ AUTH_SECRET: 'changeme'.repeat(6) }, 'AUTH_SECRET is a known or guessable value'],
    [{ AUTH_SECRET: '0123'.repeat(12) }, 'AUTH_SECRET is a known or guessable value'],
    [{ PUBLIC_ORIGIN: 'portal.example' }, 'PUBLIC_ORIGIN must be an http:// or https:// origin'],
    [{ PUBLIC_ORIGIN: 'https://portal.example/' }, 'PUBLIC_ORIGIN must be an origin alone'],
    [{ PUBLIC_ORIGIN: 'http://portal.example' }, 'PUBLIC_ORIGIN must be https://'],
    [{ RPC_URL: 'ws://127.0.0.1:8545' }, 'RPC_URL must be an http:// or https:// address'],
    [{ CHAIN_ID: '0x7a69' }, 'CHAIN_ID must be a whole number'],
    [{ CHAIN_ID: '1e3' }, 'CHAIN_ID must be a whole number'],
    [{ CHAIN_ID: '1' }, 'DEPLOYMENT_FILE is for chain 31337'],
    [{ DEPLOYMENT_FILE: join(folder, 'none.json') }, 'DEPLOYMENT_FILE names a file that cannot be read'],
    [{ DEPLOYMENT_FILE: fileWith('{') }, 'DEPLOYMENT_FILE names a file that is not JSON'],
    [{ DEPLOYMENT_FILE: fileWith('{}') }, 'DEPLOYMENT_FILE names a file that is no deployment'],
    [{ DATABASE_URL_GATE: 'mysql://x/y' }, 'DATABASE_URL_GATE must be a postgresql:// address'],
    [{ DATABASE_URL_GATE: 'postgresql://x' }, 'DATABASE_URL_GATE must name a database'],
    [{ DEMO: 'true' }, 'DEMO must be 0 or 1'],
    [{ SESSION_HOURS: '25' }, 'SESSION_HOURS must be a whole number from 1 to 24'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of debug, info'],
  ])('%o is one line', (changes, line) => {
    const lines = mistakesOf(changes)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(line)
  })
})

describe('many mistakes', () => {
  const wrong: Source = {
    AUTH_SECRET: 'Tr0ub4dor-and-3',
    PUBLIC_ORIGIN: 'http://portal.example/secret-path',
    RPC_URL: 'wss://user:rpc-key-77@node.example',
    CHAIN_ID: 'mainnet',
    DATABASE_URL_GATE: 'mysql://gate:hunter2hunter2@db.example/plimsoll',
    DATABASE_URL_WORKER: '',
    DEMO: 'yes',
  }

  it('are told all at once, a line for each variable', () => {
    const named = mistakesOf(wrong).map((line) => line.split(' ')[0])
    expect(named.sort()).toEqual(Object.keys(wrong).sort())
  })

  it('print no secret', () => {
    const text = mistakesOf(wrong).join('\n')
    for (const value of ['Tr0ub4dor', 'secret-path', 'rpc-key-77', 'hunter2', 'gate:']) {
      expect(text).not.toContain(value)
    }
  })
})

describe('env()', () => {
  it('reads again when a variable has changed', async () => {
    await withEnvironment(good, () => {
      expect(env().chainId).toBe(31337)
      expect(env()).toBe(env())
      setEnvironment({ SESSION_HOURS: '3' })
      expect(env().sessionHours).toBe(3)
    })
  })
})

describe('.env.example', () => {
  it('explains every variable and no other', () => {
    const text = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8')
    const listed = [...text.matchAll(/^# ([A-Z][A-Z_]+)=/gm)].map((match) => match[1])
    expect(listed.sort()).toEqual([...variables].sort())
  })

  it('sets none, so that a copy of it is a right environment', () => {
    const text = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8')
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([])
  })
})
