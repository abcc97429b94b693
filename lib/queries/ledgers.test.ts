import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import {
  addressOf,
  ago,
  chainId,
  type Factory,
  hashOf,
  hourAgo,
  insertWorld,
  officerOf,
  openFactory,
  people,
  usd,
  worldTime,
} from '@/test/factories'
import { getCustomerPage } from './customer'
import { getFirmPage } from './firm'

vi.mock('@/lib/env', () => ({
  env: () => ({
    chainId: 31337,
    rpcUrl: 'http://127.0.0.1:9',
    deployment: { orders: `0x${'0'.repeat(40)}` },
  }),
}))

// Ann and her firm are on a second ledger too, under other addresses; Dan and his firm are not.

const database = databaseForThisFile()
let factory: Factory
const [ann, , , dan] = people
const second = chainId + 1
const there = { chain_id: second }
const elsewhere = addressOf(0x909)
const analyst = officerOf('analyst')

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  await insertWorld(factory)
  const { insert, query } = factory
  await query('insert into chain (id, genesis_hash, finality, start_block) values ($1, $2, 0, 0)', [
    second,
    hashOf(9),
  ])
  const place = { number: 40n, hash: hashOf(41), time: worldTime, node_head: 40n }
  await query(
    `insert into block (chain_id, number, hash, parent_hash, time, header) values ($1, 40, $2, $3, $4, '{}')`,
    [second, hashOf(41), hashOf(40), worldTime],
  )
  await insert('cursor', { ...there, ...place, verified_head: 40n })
  await insert('firm', { ...there, id: 1, lei: 'NORTHGATE00000000001', name: 'Northgate Bank' })
  await insert('identity', { ...there, address: elsewhere, firm_id: 1, status: 3, expiry: ago(-24) })
  await insert('customer', {
    ...there,
    identity: elsewhere,
    firm_id: 1,
    reference: ann.reference,
    name: 'Ann',
  })
  await insert('policy_limit', {
    ...there,
    scope: 0,
    subject: elsewhere,
    window: 1,
    amount: '500',
    firm_id: 1,
  })
  const flow = (subject: string, value: string) => ({
    scope: 0,
    subject,
    value,
    firm_id: 1,
    hour: hourAgo(2),
  })
  await insert('flow', flow(ann.identity, '300'), { ...there, ...flow(elsewhere, '450') })
  await insert(
    'flow',
    { scope: 2, subject: '1', value: '300', firm_id: 1, hour: hourAgo(2) },
    { ...there, scope: 2, subject: '1', value: '450', firm_id: 1, hour: hourAgo(2) },
  )
  await insert('instrument', { ...there, address: usd, symbol: 'USD', name: 'US dollar', decimals: 2 })
  await factory.sumUp()
})

afterAll(() => factory.close())

test('a customer’s standing, limits and use are told of every ledger, and together', async () => {
  const page = await getCustomerPage(analyst, ann.identity)
  if (!page.ok) throw new Error(page.refusal.message)
  const { rows, together } = page.value.ledgers!
  expect(rows.map(({ asOf, identity, standing }) => [asOf.chainId, asOf.block, identity, standing])).toEqual([
    [chainId, '120', ann.identity, 'verified'],
    [second, '40', elsewhere, 'suspended'],
  ])
  expect(rows[1]!.lines[0]).toMatchObject({ window: 'day', limit: '500', used: '450', headroom: '50' })
  expect(together).toMatchObject([
    { window: 'day', used: '750' },
    { window: 'month', used: '750' },
    { window: 'balance' },
  ])
})

test('so is a firm’s, to itself as well', async () => {
  for (const reader of [analyst, officerOf('viewer', 1)]) {
    const page = await getFirmPage(reader, '1')
    if (!page.ok) throw new Error(page.refusal.message)
    expect(page.value.ledgers?.together).toEqual([
      { window: 'day', used: '750' },
      { window: 'month', used: '750' },
    ])
  }
})

test('who is on one ledger alone has no such list', async () => {
  const customer = await getCustomerPage(analyst, dan.identity)
  const firm = await getFirmPage(analyst, '2')
  expect(customer.ok && customer.value.ledgers).toBeNull()
  expect(firm.ok && firm.value.ledgers).toBeNull()
})
