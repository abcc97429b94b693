import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { withSnapshot } from '@/lib/db/client'
import { listOrderPeople } from '@/lib/db/order-people'
import { listSigners } from '@/lib/db/order-signer'
import { databaseForThisFile } from '@/test/database'
import {
  addressOf,
  ago,
  chainId,
  type Factory,
  hashOf,
  insertWorld,
  officerOf,
  openFactory,
  people,
  worldTime,
} from '@/test/factories'
import { getPeoplePage } from './people'
import { preapprovalRows } from './preapproval-row'
import { getTrustPage } from './trust'

vi.mock('@/lib/env', () => ({
  env: () => ({
    chainId: 31337,
    rpcUrl: 'http://127.0.0.1:9',
    deployment: { orders: `0x${'0'.repeat(40)}` },
  }),
}))

const database = databaseForThisFile()
let factory: Factory
const [ann, bob, , dan] = people
const analyst = officerOf('analyst')
const [ofAnn, ofDan] = [officerOf('viewer', 1), officerOf('viewer', 2)]
const module = addressOf(0xda)
const [principal, deputy] = [addressOf(0xa1), addressOf(0xa2)]

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  await insertWorld(factory)
  const { insert } = factory
  const line = (block: bigint, order: number) => ({
    ...{ block_number: block, log_index: 0, time: ago(Number(120n - block)), order_id: hashOf(order) },
  })
  const approved = { module, act: 'approved', expires_at: ago(-5) }
  await insert(
    'preapproval',
    { ...line(10n, 1), ...approved, from: ann.account, to: dan.account, firm_id: 1, amount: '1' },
    { ...line(11n, 2), ...approved, from: dan.account, to: bob.account, firm_id: 2, amount: '2' },
  )
  await insert('trusted_issuer', { ...line(10n, 1), issuer: addressOf(0xc1), topic: '7', trusted: true })
  await insert('claim_topic', { ...line(12n, 2), topic: '7', required: true })
  const grant = { person: hashOf(0xb1), roles: '4' }
  await insert(
    'role_grant',
    { ...line(10n, 1), ...grant, account: principal },
    { ...line(11n, 1), person: hashOf(0xb2), roles: '8', account: deputy },
  )
  await insert('delegation', {
    ...{ ...line(13n, 3), principal, delegate: deputy, ended: false, starts_at: ago(5), until: ago(-5) },
    ...{ principal_person: hashOf(0xb1), delegate_person: hashOf(0xb2) },
  })
})
afterAll(() => factory.close())

const approvals = (officer: typeof analyst) =>
  withSnapshot(officer, (tx) =>
    preapprovalRows(tx, officer, { chainId, now: worldTime, modules: [module], take: 9 }),
  )

test('a firm sees the pre-approvals of its own senders, and nobody else’s customer by name', async () => {
  expect((await approvals(analyst)).map(({ amount }) => amount)).toEqual(['2', '1'])
  const [mine, ...others] = await approvals(ofAnn)
  expect(others).toEqual([])
  expect(mine).toMatchObject({ amount: '1', state: 'open', people: null })
  expect(mine!.from.customer).not.toBeNull()
  expect(mine!.to).toMatchObject({ account: dan.account, customer: null })
  expect((await approvals(ofDan)).map(({ amount }) => amount)).toEqual(['2'])
})

test('trust is the same for every firm', async () => {
  for (const officer of [analyst, ofAnn, ofDan]) {
    const page = await getTrustPage(officer)
    expect(page.ok && page.value.topics).toMatchObject([{ topic: '7', issuers: 1 }])
    expect(page.ok && page.value.issuers).toMatchObject([{ issuer: addressOf(0xc1), isNeeded: true }])
  }
})

test('who holds which role, and who acts for whom, is no firm’s business', async () => {
  const refused = await getPeoplePage(ofAnn)
  expect(!refused.ok && refused.refusal.code).toBe('not-permitted')
  const page = await getPeoplePage(analyst)
  const value = page.ok ? page.value : undefined
  expect(value?.holders.find(({ account }) => account === deputy)).toMatchObject({ roles: 'registrar' })
  expect(value?.deputies).toMatchObject([{ state: 'in force', delegate: { account: deputy } }])
  // The node of this test answers nobody: the page says so and shows the rest.
  expect(value?.signatures.every(({ signatures }) => signatures === null)).toBe(true)
})

test('an order names for whom a deputy signed, to the authority alone', async () => {
  await factory.insert('person', {
    ...{ id: officerOf('supervisor').personId, username: 'principal', name: 'Prin Cipal', side: 'authority' },
    ...{ role: 'approver', password_hash: 'none', chain_person: hashOf(0xb1) },
  })
  await factory.insert('order_outcome', {
    ...{
      block_number: 15n,
      time: ago(1),
      tx_hash: hashOf(9),
      order_id: hashOf(9),
      proposer_person: hashOf(1),
    },
    ...{ approver: deputy, approver_person: hashOf(0xb2), approver_for: principal },
    ...{ reason: hashOf(0), legal_ref: hashOf(0) },
  })
  const people = (names: boolean) =>
    withSnapshot(analyst, (tx) => listOrderPeople(tx, chainId, [hashOf(9)], names))
  expect(await people(true)).toMatchObject([{ approverFor: 'Prin Cipal', proposerFor: null, persons: 2 }])
  expect(await people(false)).toMatchObject([{ approverFor: null }])
})

test('a deputy’s wallet is lent the principal’s role for as long as it acts', async () => {
  const { personId } = officerOf('approver')
  await factory.insert('person', {
    ...{ id: personId, username: 'stand-in', name: 'Stand In', side: 'authority', role: 'approver' },
    ...{ password_hash: 'none', chain_person: hashOf(0xb2) },
  })
  await factory.insert('wallet', { address: deputy, person_id: personId })
  const lent = async () =>
    (await withSnapshot(analyst, (tx) => listSigners(tx, chainId, personId))).map((each) => [
      each.roles,
      each.lent,
    ])
  expect(await lent()).toEqual([[8n, 4n]])
  await factory.insert('delegation', {
    ...{ block_number: 14n, log_index: 0, time: ago(1), order_id: hashOf(4) },
    ...{ principal, delegate: deputy, ended: true },
  })
  expect(await lent()).toEqual([[8n, 0n]])
})
