import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { chainId, fillSmallLedger, finality, lastBlock } from '@/test/small-ledger'
import { withWorker } from './client'
import { findCursor } from './cursor'
import { findRegisterPlace } from './register'

const database = databaseForThisFile()
let root: pg.Client
beforeAll(async () => {
  await fillSmallLedger(database.superUrl)
  root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
})
afterAll(() => root?.end())

const last = BigInt(lastBlock)
const depth = BigInt(finality)
const finalBlock = async () => (await withWorker((tx) => findCursor(tx, chainId)))!.finalBlock
const registerEnd = () =>
  withWorker(async (tx) => {
    const place = await findRegisterPlace(tx, chainId, new Date(0), new Date('2100-01-01'))
    return place?.asOf.block
  })

test('a node that claims a higher head makes nothing final earlier, neither a row nor a register', async () => {
  await root.query('UPDATE cursor SET node_head = 1000000000')
  expect(await finalBlock()).toBe(last - depth)
  expect(await registerEnd()).toBe(last - depth)
})

test('what was final stays final when the cursor goes back', async () => {
  await root.query(`UPDATE cursor SET verified_head = number, number = number - ${depth}`)
  expect(await finalBlock()).toBe(last - depth)
  expect(await registerEnd()).toBe(last - depth)
})

test('nothing is final before the index is deeper than finality', async () => {
  await root.query('UPDATE cursor SET verified_head = 0, number = 3')
  expect(await finalBlock()).toBe(3n - depth)
  expect(await registerEnd()).toBeUndefined()
})
