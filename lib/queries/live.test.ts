import pg from 'pg'
import { beforeAll, expect, it, vi } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { closeSession } from '@/lib/auth/session'
import { withGate, withOwner } from '@/lib/db/client'
import { upsertPerson } from '@/lib/db/person'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile, setEnvironment } from '@/test/environment'
import { signedIn } from '@/test/people'
import { blockHash, fillSmallLedger, lastBlock } from '@/test/small-ledger'
import { openLive } from './live'

environmentForThisFile()
const database = databaseForThisFile()

beforeAll(async () => {
  setEnvironment({ DATABASE_URL_GATE: database.urls.gate })
  await fillSmallLedger(database.superUrl)
  for (const [n, username] of ['viewer', 'clerk'].entries()) {
    await withOwner((tx) =>
      upsertPerson(tx, {
        username,
        name: 'Viewer',
        side: 'firm',
        role: 'viewer',
        firmId: 1,
        passwordHash: '-',
        chainPerson: `0x${String(n + 1).repeat(64)}`,
      }),
    )
  }
})

/** What a browser would have read so far. */
function listen(officer: Officer, lastSeen: string | null = null) {
  const abort = new AbortController()
  const heard = { text: '', isDone: false, stop: () => abort.abort() }
  const reader = openLive(officer, { lastSeen, signal: abort.signal }).getReader()
  const pump = async () => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      heard.text += new TextDecoder().decode(chunk.value)
    }
    heard.isDone = true
  }
  void pump()
  return heard
}

async function run(...statements: [sql: string, values?: unknown[]][]) {
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  for (const [sql, values] of statements) await client.query(sql, values)
  await client.end()
}

/** What the indexer does with each block, in one transaction. */
const index = (block: number) =>
  run(
    ['BEGIN'],
    ['UPDATE cursor SET number = $1, hash = $2, node_head = $1', [block, blockHash(block)]],
    [`SELECT pg_notify('plimsoll_block', $1)`, [JSON.stringify({ block })]],
    ['COMMIT'],
  )

const idOf = (block: number) => `id: ${block}-${blockHash(block)}\n`

it('tells of each block as it is indexed, and resumes where a browser left off', async () => {
  const officer = await signedIn('viewer')
  const first = listen(officer)
  await vi.waitFor(() => expect(first.text).toContain(idOf(lastBlock)), 20_000)
  await index(lastBlock + 1)
  await vi.waitFor(() => expect(first.text).toContain(idOf(lastBlock + 1)), 20_000)
  first.stop()

  await index(lastBlock + 2)
  const missed = listen(officer, `${lastBlock + 1}-${blockHash(lastBlock + 1)}`)
  const current = listen(officer, `${lastBlock + 2}-${blockHash(lastBlock + 2)}`)
  await vi.waitFor(() => expect(missed.text).toContain(idOf(lastBlock + 2)), 20_000)
  await index(lastBlock + 3)
  await vi.waitFor(() => expect(current.text).toContain(idOf(lastBlock + 3)), 20_000)
  expect(current.text).not.toContain(idOf(lastBlock + 2))
  missed.stop()
  current.stop()
})

it('carries no rows: the block and nothing of whose transfers are in it', async () => {
  const heard = listen(await signedIn('viewer'))
  await vi.waitFor(() => expect(heard.text).toContain('event: block'), 20_000)
  const data = JSON.parse(/data: (.*)\n/.exec(heard.text)?.[1] ?? '')
  expect(Object.keys(data).toSorted()).toEqual(['block', 'chainId', 'finality', 'hash', 'nodeHead', 'time'])
  heard.stop()
})

it('ends within five seconds of the session, and says so', async () => {
  const officer = await signedIn('viewer')
  const heard = listen(officer)
  await vi.waitFor(() => expect(heard.text).toContain('event: block'), 20_000)
  await withGate((tx) => closeSession(tx, officer.sessionId))
  const start = performance.now()
  await vi.waitFor(() => expect(heard.isDone).toBe(true), { timeout: 20_000, interval: 20 })
  expect(performance.now() - start).toBeLessThan(5_000)
  expect(heard.text).toContain('event: bye')
})

it('ends for whoever may see something else now, and for nobody beside them', async () => {
  const [viewer, clerk] = [await signedIn('viewer'), await signedIn('clerk')]
  const [going, staying] = [listen(viewer), listen(clerk)]
  await vi.waitFor(() => expect(staying.text).toContain('event: block'), 20_000)
  await run([`UPDATE person SET firm_id = 2 WHERE username = 'viewer'`])
  await vi.waitFor(() => expect(going.text).toContain('event: bye'), { timeout: 20_000, interval: 20 })
  await index(lastBlock + 4)
  await vi.waitFor(() => expect(staying.text).toContain(idOf(lastBlock + 4)), 20_000)
  expect([going.isDone, staying.isDone]).toEqual([true, false])
  staying.stop()
})
