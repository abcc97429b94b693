import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAnvil, type TestChain } from '@/test/chain'
import { setEnvironment, withEnvironment } from '@/test/environment'
import { type FreshDatabase, freshDatabase } from '@/test/postgres'
import { checkConfiguration, findMistakes } from './configuration'
import type { Source } from './env'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-configuration-'))
const somewhere = `0x${'12'.repeat(20)}`
let database: FreshDatabase
let chain: TestChain
let other: TestChain
let impostor: { url: string; stop: () => void }
let good: Source

function deploymentAt(address: string, chainId = 31337): string {
  const file = join(folder, `${Math.random()}.json`)
  writeFileSync(file, JSON.stringify({ chainId, orders: address, instruments: [{ address }] }))
  return file
}

/** Says it is chain 31337 on this machine, but is no anvil. */
async function startImpostor() {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const { id, method } = JSON.parse(body)
    const result = { eth_chainId: '0x7a69', web3_clientVersion: 'Geth/v1', eth_getCode: '0x60' }[
      method as string
    ]
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => void server.close(),
  }
}

beforeAll(async () => {
  database = await freshDatabase()
  chain = await startAnvil()
  other = await startAnvil({ chainId: 1 })
  impostor = await startImpostor()
  await chain.request('anvil_setCode', [somewhere, '0x6000'])
  good = {
    NODE_ENV: 'production',
    PUBLIC_ORIGIN: 'https://portal.example',
    AUTH_SECRET: 'pZ3vK8rT1qWm5xY7bN2cL9dF4gH6jS0aQeRu',
    RPC_URL: chain.rpcUrl,
    CHAIN_ID: '31337',
    DEPLOYMENT_FILE: deploymentAt(somewhere),
    DATABASE_URL_GATE: database.urls.gate,
    DATABASE_URL_AUTHORITY: database.urls.authority,
    DATABASE_URL_FIRM: database.urls.firm,
  }
})
afterAll(async () => {
  await Promise.all([chain.stop(), other.stop(), database.drop()])
  impostor.stop()
  rmSync(folder, { recursive: true })
})

const web = ['gate', 'authority', 'firm'] as const
const linesOf = async (changes: Source) => {
  const found = await findMistakes({ ...good, ...changes }, { needs: [...web] })
  return found.map(({ variable, message }) => `${variable} ${message}`)
}

it('finds nothing in a right configuration, with the demonstration or without', async () => {
  expect(await linesOf({})).toEqual([])
  expect(await linesOf({ DEMO: '1' })).toEqual([])
})

it('finds a role that this process needs and was not given', async () => {
  expect(await linesOf({ DATABASE_URL_FIRM: undefined })).toEqual(['DATABASE_URL_FIRM is missing'])
})

it('finds a chain of another id than the one named', async () => {
  expect(await linesOf({ RPC_URL: other.rpcUrl })).toEqual(['CHAIN_ID is 31337, but the node serves chain 1'])
})

it('finds a node that does not answer', async () => {
  expect(await linesOf({ RPC_URL: 'http://127.0.0.1:1' })).toEqual([
    'RPC_URL names a node that does not answer (127.0.0.1:1)',
  ])
})

it('finds each contract address without code', async () => {
  const bare = `0x${'34'.repeat(20)}`
  expect(await linesOf({ DEPLOYMENT_FILE: deploymentAt(bare) })).toEqual([
    `DEPLOYMENT_FILE names orders ${bare}, where this chain has no code`,
    `DEPLOYMENT_FILE names instruments.0.address ${bare}, where this chain has no code`,
  ])
})

it('finds a superuser behind a database role', async () => {
  const [line] = await linesOf({ DATABASE_URL_AUTHORITY: database.superUrl })
  expect(line).toContain('DATABASE_URL_AUTHORITY names a database role that is a superuser')
})

it('finds an owner whom row-level security does not bind, in production', async () => {
  const line = 'DATABASE_URL names a database role that is a superuser, bypasses row-level security'
  expect(await linesOf({ DATABASE_URL: database.superUrl })).toEqual([line])
  expect(await linesOf({ DATABASE_URL: database.ownerUrl })).toEqual([])
  expect(await linesOf({ DATABASE_URL: database.superUrl, NODE_ENV: 'development' })).toEqual([])
})

it('finds an owner that is no superuser and bypasses row-level security all the same', async () => {
  const root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  try {
    await root.query(`CREATE ROLE passer_of_tests LOGIN BYPASSRLS PASSWORD 'a password of the tests'`)
    const url = new URL(database.superUrl)
    url.username = 'passer_of_tests'
    url.password = 'a password of the tests'
    expect(await linesOf({ DATABASE_URL: url.toString() })).toEqual([
      'DATABASE_URL names a database role that bypasses row-level security',
    ])
  } finally {
    await root.query('DROP ROLE IF EXISTS passer_of_tests')
    await root.end()
  }
})

it('finds one role in the place of another', async () => {
  expect(await linesOf({ DATABASE_URL_FIRM: database.urls.authority })).toEqual([
    'DATABASE_URL_FIRM names a database role that may act as another side, is not the role of this side',
  ])
})

it('finds a database that refuses the password, does not exist or does not answer', async () => {
  const change = (edit: (url: URL) => void) => {
    const url = new URL(database.urls.gate)
    edit(url)
    return { DATABASE_URL_GATE: url.toString() }
  }
  const says = async (changes: Source) => (await linesOf(changes))[0]
  expect(await says(change((url) => (url.password = 'wrong')))).toContain('refuses the password')
  expect(await says(change((url) => (url.pathname = '/nowhere')))).toContain('does not exist')
  expect(await says(change((url) => (url.port = '1')))).toContain('does not answer (127.0.0.1:1)')
})

it('finds the demonstration on a chain that is not the embedded one', async () => {
  const refused =
    'DEMO is 1, but the chain is not the embedded one: its keys are public, so nothing else may use them'
  const elsewhere = { RPC_URL: other.rpcUrl, CHAIN_ID: '1', DEPLOYMENT_FILE: deploymentAt(somewhere, 1) }
  expect(await linesOf({ ...elsewhere, DEMO: '1' })).toContain(refused)
  expect(await linesOf({ RPC_URL: impostor.url, DEMO: '1' })).toEqual([refused])
})

it('tells everything at once and prints no secret', async () => {
  const wrong: Source = {
    AUTH_SECRET: 'Tr0ub4dor-and-3',
    RPC_URL: 'http://user:rpc-key-77@127.0.0.1:1/v3/rpc-path-77',
    DATABASE_URL_GATE: database.urls.gate.replace(/:[^:@]+@/, ':hunter2hunter2@'),
    DATABASE_URL_AUTHORITY: database.superUrl,
    DATABASE_URL_FIRM: '',
  }
  const lines = await linesOf(wrong)
  expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(new Set(Object.keys(wrong)))
  const passwords = Object.values(database.urls).map((url) => new URL(url).password)
  for (const secret of [
    'Tr0ub4dor',
    'rpc-key-77',
    'rpc-path-77',
    'hunter2',
    new URL(database.superUrl).password,
    ...passwords,
  ]) {
    expect(lines.join('\n')).not.toContain(secret)
  }
})

it('lets the launcher leave out what it will set itself, but not say it wrongly', async () => {
  const check = (source: Source) =>
    findMistakes(source, {
      needs: [],
      later: ['AUTH_SECRET', 'PUBLIC_ORIGIN', 'RPC_URL', 'CHAIN_ID', 'DEPLOYMENT_FILE'],
    })
  expect(await check({})).toEqual([])
  expect(await check({ AUTH_SECRET: '' })).toEqual([{ variable: 'AUTH_SECRET', message: 'is empty' }])
})

it('checks the environment of this process', async () => {
  await withEnvironment(good, async () => {
    await expect(checkConfiguration([...web])).resolves.toBeUndefined()
    setEnvironment({ AUTH_SECRET: 'short' })
    await expect(checkConfiguration([...web])).rejects.toThrow('AUTH_SECRET must have at least 32 bytes')
  })
})
