import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import {
  addressOf,
  ago,
  bond,
  chainId,
  type Factory,
  hashOf,
  insertWorld,
  officerOf,
  openFactory,
  people,
  usd,
  worldTime,
} from '@/test/factories'
import { type Tx, withSnapshot } from './client'
import { listDelegations } from './delegation'
import { isFrozenNow, listFrozen, listFrozenAmounts } from './freeze'
import { countMeasures, listMeasures } from './measure'
import { listCaps, listCountryRules, listInstrumentModules } from './module'
import { listPaused } from './pause'
import { listPreapprovals } from './preapproval'
import { listCountryChanges, listScreenings } from './screening'
import { listClaimTopics, listTrustedIssuers } from './trust'
import { listUpgrades } from './upgrade'

// What of the control suite stands is judged by time, and each side sees what is its own.

const database = databaseForThisFile()
let factory: Factory
const [ann, bob, , dan] = people
const analyst = officerOf('analyst')
const [ofAnn, ofDan] = [officerOf('viewer', 1), officerOf('viewer', 2)]
const ask = <T>(work: (tx: Tx) => Promise<T>, officer = analyst) => withSnapshot(officer, work)
const now = worldTime
const module = addressOf(0xda)

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  await insertWorld(factory)
  const { insert } = factory
  const line = (block: bigint, order: number | null) => ({
    ...{ block_number: block, log_index: 1, time: ago(Number(120n - block)) },
    order_id: order === null ? null : hashOf(order),
  })
  const measure = (block: bigint, order: number, account: string, firm: number | null, rest: object) => ({
    ...{ ...line(block, order), log_index: 0, kind: 4, instrument: usd, subject: account, firm_id: firm },
    ...rest,
  })
  const frozen = (
    block: bigint,
    order: number,
    account: string,
    firm: number,
    until: Date | null,
    stays = true,
  ) => ({
    ...{ ...line(block, order), instrument: usd, account, firm_id: firm, frozen: stays, until },
  })
  // 1 lapsed, 2 replaced by 3 which is overdue, 4 lifted by 5, 6 stands, 7 a pause that lapsed before 8 lifted it.
  await insert(
    'measure',
    measure(10n, 1, bob.account, 1, { review_by: ago(80), expires_at: ago(50) }),
    measure(20n, 2, ann.account, 1, { review_by: ago(60), expires_at: ago(-10) }),
    measure(30n, 3, ann.account, 1, { review_by: ago(1), expires_at: null }),
    measure(40n, 4, dan.account, 2, { review_by: ago(-1), expires_at: null }),
    measure(60n, 6, dan.account, 2, { review_by: ago(-1), expires_at: ago(-2) }),
    measure(70n, 7, usd, null, { kind: 8, review_by: ago(45), expires_at: ago(45) }),
  )
  await insert(
    'freeze',
    frozen(10n, 1, bob.account, 1, ago(50)),
    frozen(20n, 2, ann.account, 1, ago(-10)),
    frozen(30n, 3, ann.account, 1, null),
    frozen(40n, 4, dan.account, 2, null),
    frozen(50n, 5, dan.account, 2, null, false),
    frozen(60n, 6, dan.account, 2, ago(-2)),
  )
  await insert(
    'pause',
    { ...line(70n, 7), instrument: usd, paused: true, until: ago(45) },
    { ...line(80n, 8), instrument: usd, paused: false },
    { ...line(81n, 9), instrument: bond, paused: true, until: null },
  )
  await insert(
    'frozen_amount',
    { ...line(10n, 1), instrument: usd, account: ann.account, firm_id: 1, amount: '9' },
    { ...line(11n, 2), instrument: usd, account: ann.account, firm_id: 1, amount: '7' },
    { ...line(12n, 3), instrument: usd, account: dan.account, firm_id: 2, amount: '0' },
  )
  await insert('screening', { ...line(10n, 1), identity: ann.identity, firm_id: 1, flagged: true })
  await insert('country_change', { ...line(10n, 1), identity: ann.identity, firm_id: 1, before: 1, after: 2 })
  const issuer = { issuer: addressOf(0xc1), topic: '7' }
  await insert(
    'trusted_issuer',
    { ...line(10n, 1), ...issuer, trusted: true },
    { ...line(11n, 2), ...issuer, topic: '8', trusted: true },
    { ...line(12n, 3), ...issuer, trusted: false },
  )
  await insert('claim_topic', { ...line(10n, 1), topic: '8', required: true })
  await insert(
    'delegation',
    ...[5, 6, 7].map((delegate, index) => ({
      ...{
        ...line(10n + BigInt(index), 1),
        principal: addressOf(4),
        delegate: addressOf(delegate),
        ended: false,
      },
      ...{ principal_person: hashOf(4), delegate_person: hashOf(5) },
      ...{ starts_at: ago([5, -5, 9][index]!), until: ago([-5, -9, 5][index]!) },
    })),
    { ...line(20n, 2), principal: addressOf(4), delegate: addressOf(7), ended: true },
  )
  await insert('upgrade', {
    ...{
      ...line(10n, null),
      instrument: usd,
      act: 'founded',
      implementation: addressOf(0xc0),
      version: '1.0.0',
    },
  })
  await insert(
    'instrument_compliance',
    { ...line(10n, null), instrument: usd, compliance: addressOf(0xcc) },
    { ...line(20n, 2), instrument: usd, compliance: addressOf(0xcd) },
  )
  const asked = { compliance: addressOf(0xcd), added: true, block_number: 9n, time: ago(111) }
  await insert(
    'compliance_module',
    { ...asked, log_index: 0, module },
    { ...asked, log_index: 1, module: addressOf(0xdb) },
    { ...asked, log_index: 2, module: addressOf(0xdb), added: false },
  )
  await insert(
    'country_rule',
    { ...line(10n, 1), module, country: 643, listed: true },
    { ...line(11n, 2), module, country: 112, listed: true },
    { ...line(12n, 3), module, country: 643, listed: false },
  )
  await insert('module_cap', { ...line(10n, 1), module, before: '0', after: '50' })
  const pair = { module, from: ann.account, to: dan.account, firm_id: 1 }
  const approved = { ...pair, act: 'approved', expires_at: ago(-5) }
  await insert(
    'preapproval',
    { ...line(10n, 1), ...approved, amount: '1' },
    { ...line(11n, null), ...pair, act: 'consumed', amount: '1' },
    { ...line(12n, 2), ...approved, amount: '2' },
    { ...line(13n, 3), ...approved, amount: '2' },
    { ...line(14n, 4), ...approved, amount: '3', expires_at: ago(5) },
    { ...line(15n, 5), ...approved, amount: '4' },
    { ...line(16n, 6), ...pair, act: 'withdrawn', amount: '4' },
    { ...line(17n, 7), ...approved, module: addressOf(0xdd), amount: '5' },
  )
})
afterAll(() => factory.close())

test('a measure stands, is due, ran out, was lifted or replaced', async () => {
  const measures = await ask((tx) => listMeasures(tx, { chainId, now, take: 9 }))
  expect(measures.map(({ orderId, state, endedBy }) => [orderId, state, endedBy])).toEqual([
    [hashOf(7), 'lapsed', null],
    [hashOf(6), 'standing', null],
    [hashOf(4), 'lifted', hashOf(5)],
    [hashOf(3), 'overdue', null],
    [hashOf(2), 'replaced', hashOf(3)],
    [hashOf(1), 'lapsed', null],
  ])
  const counts = await ask((tx) => countMeasures(tx, { chainId, now }))
  expect(counts).toEqual({ standing: 1, overdue: 1, lapsed: 2, lifted: 1, replaced: 1 })
})

test('measures of one state go on from page to page', async () => {
  const filter = { chainId, now, states: ['lapsed'] as const, take: 1 }
  const [first] = await ask((tx) => listMeasures(tx, filter))
  const second = await ask((tx) => listMeasures(tx, { ...filter, after: first! }))
  expect([first!.orderId, second[0]!.orderId]).toEqual([hashOf(7), hashOf(1)])
})

test('a firm sees the measures against its own customers, and pauses', async () => {
  const orders = async (officer: typeof ofAnn) =>
    (await ask((tx) => listMeasures(tx, { chainId, now, take: 9 }), officer)).map(({ orderId }) =>
      Number(orderId),
    )
  expect(await orders(ofAnn)).toEqual([7, 3, 2, 1])
  expect(await orders(ofDan)).toEqual([7, 6, 4])
})

test('who is frozen, and how much of whom, goes by time', async () => {
  const accounts = [ann.account, bob.account, dan.account]
  const frozen = await ask((tx) => listFrozen(tx, chainId, accounts, now))
  expect(frozen).toMatchObject([
    { account: ann.account, until: null, reviewBy: ago(1), orderId: hashOf(3) },
    { account: dan.account, until: ago(-2), orderId: hashOf(6) },
  ])
  const isFrozen = (at: Date) =>
    ask((tx) => isFrozenNow(tx, chainId, { instrument: usd, account: dan.account }, at))
  expect(await Promise.all([now, ago(-2)].map(isFrozen))).toEqual([true, false])
  expect(await ask((tx) => listFrozenAmounts(tx, chainId, accounts))).toMatchObject([
    { account: ann.account, amount: 7n, orderId: hashOf(2) },
  ])
  expect(await ask((tx) => listPaused(tx, chainId, now))).toMatchObject([{ instrument: bond, until: null }])
})

test('standing, trust, delegations and code', async () => {
  expect(await ask((tx) => listScreenings(tx, chainId, ann.identity, 9))).toMatchObject([{ flagged: true }])
  expect(await ask((tx) => listScreenings(tx, chainId, ann.identity, 9), ofDan)).toEqual([])
  expect(await ask((tx) => listCountryChanges(tx, chainId, ann.identity, 9))).toMatchObject([
    { before: 1, after: 2 },
  ])
  expect(await ask((tx) => listTrustedIssuers(tx, chainId), ofDan)).toMatchObject([{ topic: 8n }])
  expect(await ask((tx) => listClaimTopics(tx, chainId))).toMatchObject([{ topic: 8n }])
  const delegations = await ask((tx) => listDelegations(tx, chainId, now))
  expect(delegations.map(({ delegate, state }) => [delegate, state])).toEqual([
    [addressOf(5), 'in force'],
    [addressOf(6), 'to come'],
  ])
  expect(await ask((tx) => listUpgrades(tx, chainId, usd), ofAnn)).toMatchObject([{ version: '1.0.0' }])
})

test('modules in force, their rules, and approvals that are open', async () => {
  const [rules] = await ask((tx) => listInstrumentModules(tx, chainId), ofAnn)
  expect(rules).toMatchObject({ instrument: usd, compliance: addressOf(0xcd), modules: [module] })
  expect(await ask((tx) => listCountryRules(tx, chainId, [module]))).toMatchObject([{ country: 112 }])
  expect(await ask((tx) => listCaps(tx, chainId, [module]))).toMatchObject([{ cap: 50n }])
  const approvals = (officer: typeof ofAnn) =>
    ask((tx) => listPreapprovals(tx, { chainId, now, modules: [module], take: 9 }), officer)
  expect((await approvals(ofAnn)).map(({ amount, state }) => [amount, state])).toEqual([
    [4n, 'withdrawn'],
    [3n, 'expired'],
    [2n, 'open'],
    [2n, 'replaced'],
    [1n, 'consumed'],
  ])
  expect(await approvals(ofDan)).toEqual([])
})
