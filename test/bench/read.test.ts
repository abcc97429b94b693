import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../postgres'
import { readScreens } from './read'
import { watchStatements } from './read-plans'
import { fillReadWorld } from './read-world'

vi.mock('@/lib/env', () => ({
  env: () => ({
    chainId: 31337,
    rpcUrls: ['http://127.0.0.1:9'],
    deployment: { orders: `0x${'0d'.repeat(20)}`, policy: `0x${'0e'.repeat(20)}` },
  }),
}))

// Enough rows that reading a table whole would be the wrong plan: PostgreSQL then means what it explains.

let database: FreshDatabase
let root: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  await fillReadWorld(root, 60_000)
}, 300_000)
afterAll(async () => {
  await root?.end()
  await database?.drop()
})

test('no screen reads a growing table from end to end, whoever asks', { timeout: 300_000 }, async () => {
  const findings = await readScreens(database, 2)
  const scanning = findings.filter(({ scans }) => scans.size > 0)
  expect(scanning.map(({ screen, as, scans }) => `${screen}, ${as}: ${[...scans].join(' ')}`)).toEqual([])
})

test('a question that does read one whole is seen', async () => {
  const { statements } = await watchStatements(() =>
    root.query('SELECT count(*) FROM transfer WHERE amount > 7'),
  )
  expect(statements.map(({ scans }) => scans)).toEqual([['transfer']])
})
