import pg from 'pg'
import { afterEach, expect, it, vi } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { type Hub, openHub } from './hub'

const database = databaseForThisFile()
let hub: Hub
afterEach(() => hub.close())

async function run(statement: string) {
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

const listeners = `application_name = 'plimsoll live' AND datname = current_database()`

it('announces what the indexer notifies, to all, until they stop hearing', async () => {
  hub = openHub(database.urls.gate)
  const [one, two] = [vi.fn(), vi.fn()]
  const stop = hub.subscribe(one)
  hub.subscribe(two)
  await vi.waitFor(() => expect(two).toHaveBeenCalled(), 20_000) // connected
  one.mockClear()
  two.mockClear()
  await run(`NOTIFY plimsoll_block, '{"block":"7"}'`)
  await vi.waitFor(() => expect(two).toHaveBeenCalledOnce(), 20_000)
  expect(one).toHaveBeenCalledOnce()
  stop()
  await run(`NOTIFY plimsoll_block, '{"block":"8"}'`)
  await vi.waitFor(() => expect(two).toHaveBeenCalledTimes(2), 20_000)
  expect(one).toHaveBeenCalledOnce()
})

it('comes back after its connection was cut, and announces that something may have been missed', async () => {
  hub = openHub(database.urls.gate)
  const hear = vi.fn()
  hub.subscribe(hear)
  await vi.waitFor(() => expect(hear).toHaveBeenCalled(), 20_000)
  hear.mockClear()
  await run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${listeners}`)
  await vi.waitFor(() => expect(hear).toHaveBeenCalled(), 20_000)
  hear.mockClear()
  await run(`NOTIFY plimsoll_block, '{"block":"9"}'`)
  await vi.waitFor(() => expect(hear).toHaveBeenCalled(), 20_000)
})
