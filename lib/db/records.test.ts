import { expect, test } from 'vitest'
import { mintOfficer } from '@/lib/auth/officer'
import { databaseForThisFile } from '@/test/database'
import { withActor, withGate, withOwner, withWorker } from './client'
import { findCustomer, findCustomerByReference, listCustomers, upsertCustomers } from './customer'
import { deleteNodesExcept, listNodes, listPublicNodes, upsertNode } from './node'
import { listPersonNames, listPersonNamesByChain, upsertPerson } from './person'
import { findSetting, upsertSetting } from './setting'
import { deleteWallet, findWallet, insertWallet, listWallets, upsertWallet } from './wallet'

databaseForThisFile()

const chainId = 31337
const hash = `0x${'b'.repeat(64)}` as const
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as const
const uuid = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const officer = (role: 'supervisor' | 'officer') =>
  mintOfficer({
    personId: uuid(9),
    sessionId: 'none',
    username: 'ada',
    name: 'Ada',
    side: 'authority',
    role,
    firmId: null,
    chainPerson: hash,
  })
const viewer = mintOfficer({ ...officer('officer'), side: 'firm', role: 'viewer', firmId: 1 })

test('a customer is found by identity and reference, by their own firm', async () => {
  const customer = (n: number, firmId: number, name: string) => ({
    chainId,
    identity: address(n),
    firmId,
    reference: `C-1000${n}`,
    name,
  })
  const both = [customer(1, 1, 'Ålesund Marine AS'), customer(2, 2, 'Other Ltd')]
  expect(await withOwner((tx) => upsertCustomers(tx, both))).toBe(2)
  await withOwner((tx) => upsertCustomers(tx, [customer(1, 1, 'Ålesund Marine ASA')]))
  expect(await withActor(viewer, (tx) => findCustomer(tx, chainId, address(1)))).toMatchObject({
    name: 'Ålesund Marine ASA',
  })
  expect(await withActor(viewer, (tx) => findCustomerByReference(tx, chainId, 'C-10002'))).toBeUndefined()
  const list = () => [address(1), address(2), address(2)]
  expect(await withActor(viewer, (tx) => listCustomers(tx, chainId, list()))).toHaveLength(1)
  expect(await withActor(officer('officer'), (tx) => listCustomers(tx, chainId, list()))).toHaveLength(2)
})

test('a wallet is bound to one person', async () => {
  const wallet = (n: number) => ({ chainId, address: address(1), personId: uuid(n) })
  expect(await withGate((tx) => insertWallet(tx, wallet(1)))).toBe(true)
  expect(await withGate((tx) => insertWallet(tx, wallet(2)))).toBe(false)
  expect((await withGate((tx) => findWallet(tx, chainId, address(1))))?.personId).toBe(uuid(1))
  expect(await withGate((tx) => deleteWallet(tx, wallet(2)))).toBe(false)
  await withOwner((tx) => upsertWallet(tx, wallet(2)))
  expect(await withActor(officer('officer'), (tx) => listWallets(tx, chainId, uuid(2)))).toHaveLength(1)
  expect(await withGate((tx) => deleteWallet(tx, wallet(2)))).toBe(true)
})

test('names of people stand beside deeds for each officer', async () => {
  const person = { username: 'kim', name: 'Kim', side: 'authority', role: 'analyst', firmId: null } as const
  const id = await withOwner((tx) => upsertPerson(tx, { ...person, passwordHash: 'x', chainPerson: hash }))
  const names = await withActor(officer('officer'), (tx) => listPersonNames(tx, [id, id, uuid(4)]))
  expect(names).toEqual([{ id, username: 'kim', name: 'Kim', role: 'analyst', chainPerson: hash }])
  expect(await withActor(officer('officer'), (tx) => listPersonNamesByChain(tx, [hash]))).toEqual(names)
  await expect(withActor(viewer, (tx) => listPersonNames(tx, [id]))).rejects.toThrow('denied')
})

test('a switch is set by a supervisor and read by the worker', async () => {
  expect(await withWorker((tx) => findSetting(tx, 'traffic'))).toBeUndefined()
  await withActor(officer('supervisor'), (tx) => upsertSetting(tx, 'traffic', { running: true }))
  await withActor(officer('supervisor'), (tx) => upsertSetting(tx, 'traffic', { running: false }))
  expect(await withWorker((tx) => findSetting(tx, 'traffic'))).toEqual({ running: false })
  const byOfficer = withActor(officer('officer'), (tx) => upsertSetting(tx, 'traffic', true))
  await expect(byOfficer).rejects.toThrow('row-level security')
})

test('what nodes answered; the public sees neither versions nor errors', async () => {
  const node = { chainId, name: 'one', head: 5n, hash, version: 'anvil', error: null, seenAt: new Date() }
  await withWorker((tx) => upsertNode(tx, node))
  await withWorker((tx) => upsertNode(tx, { ...node, head: null, hash: null, error: 'timed out' }))
  await withWorker((tx) => upsertNode(tx, { ...node, name: 'two' }))
  expect(await withActor(officer('officer'), (tx) => listNodes(tx, chainId))).toMatchObject([
    { name: 'one', head: null, error: 'timed out' },
    { name: 'two', head: 5n, hash },
  ])
  const seen = await withGate((tx) => listPublicNodes(tx, chainId))
  expect(Object.keys(seen[0]!).sort()).toEqual(['hash', 'head', 'name', 'seenAt'])
  expect(await withWorker((tx) => deleteNodesExcept(tx, chainId, ['two']))).toBe(1)
})
