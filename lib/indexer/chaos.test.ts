import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChaos } from '../../test/chaos'
import { type FreshDatabase, freshDatabase } from '../../test/postgres'

// The short form of `npm run test:chaos`: the real worker process, killed and led astray.

const seed = Date.now() % 1_000_000
let database: FreshDatabase
let chaos: Awaited<ReturnType<typeof startChaos>>

beforeAll(async () => {
  database = await freshDatabase()
  chaos = await startChaos(database, seed, 250)
})
afterAll(async () => {
  await chaos.stop()
  await database.drop()
})

test(`5 kills -9 in a backfill leave what a clean re-index gives (seed ${seed})`, {
  timeout: 300_000,
}, async () => {
  await chaos.kill(5)
  expect(await chaos.compare()).toEqual([])
})

test(`5 reorganisations leave what a clean re-index gives (seed ${seed})`, { timeout: 300_000 }, async () => {
  await chaos.reorganise(5)
  expect(await chaos.compare()).toEqual([])
})
