import pg from 'pg'
import { type Address, type Hex, maxUint64, zeroAddress } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileContract } from '../../test/compile'
import {
  addressOf,
  type ControlledLedger,
  firm,
  identities,
  personOf,
  startControlledLedger,
} from '../../test/controlled-ledger'
import { findPosition } from '../../test/positions'
import { type FreshDatabase, freshDatabase } from '../../test/postgres'
import { complianceBytecode } from '../chain/generated/bytecode'
import { complianceAbi } from '../chain/generated/compliance'
import { createRpc } from '../chain/rpc'
import { discardAfter } from './commit'
import { chainConfigOf } from './config'
import { reconcile } from './reconcile'
import { compareWithReindex, isSame } from './reindex'
import { catchUp, openSession, type Session } from './sync'
import { lower } from './watch'

// The real contracts under real orders: each control has its lines, with the order behind them.

const [ann, ann2, bob] = [addressOf('ann'), addressOf('ann2'), addressOf('bob')]

let ledger: ControlledLedger
let database: FreshDatabase
let pool: pg.Pool
let session: Session
const ids: Record<string, Hex> = {}

const rows = async (statement: string) => (await pool.query(statement)).rows
const at = (seconds: bigint) => new Date(Number(seconds) * 1000)
const moduleOf = (kind: string, instrument = 0): Address =>
  ledger.deployment.instruments[instrument]!.modules!.find((module) => module.kind === kind)!.address

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.urls.worker, max: 4 })
  ledger = await startControlledLedger()
  const config = chainConfigOf(ledger.deployment, 64)
  const rpc = createRpc(ledger.chain.rpcUrl)
  session = await openSession(pool, { rpc, verification: config.verification, watch: config.watch }, config)
}, 120_000)
afterAll(async () => {
  await pool.end()
  await ledger.chain.stop()
  await database.drop()
})

const index = async () => {
  const head = await ledger.chain.request<string>('eth_blockNumber')
  await catchUp(session, BigInt(head))
}

test('a freeze with its end and its review, one lifted, and a pause', async () => {
  const { order, usd, now } = ledger
  const [reviewBy, expiresAt] = [(await now()) + 3600n, (await now()) + 7200n]
  const term = { reviewBy, expiresAt }
  ids.freeze = await order({ kind: 'Freeze', account: bob, ...term }, usd)
  ids.second = await order({ kind: 'Freeze', account: ann2, reviewBy, expiresAt: maxUint64 }, usd)
  ids.unfreeze = await order({ kind: 'Unfreeze', account: ann2 }, usd)
  ids.pause = await order({ kind: 'Pause', instrument: usd, ...term }, usd)
  ids.unpause = await order({ kind: 'Unpause', instrument: usd }, usd)
  await index()
  const line = { instrument: lower(usd), firm_id: firm }
  expect(await rows('SELECT * FROM "freeze" ORDER BY block_number')).toMatchObject([
    { ...line, account: bob, frozen: true, until: at(expiresAt), order_id: ids.freeze },
    { ...line, account: ann2, frozen: true, until: null, order_id: ids.second },
    { ...line, account: ann2, frozen: false, until: null, order_id: ids.unfreeze },
  ])
  expect(await rows('SELECT * FROM pause ORDER BY block_number')).toMatchObject([
    { instrument: lower(usd), paused: true, until: at(expiresAt), order_id: ids.pause },
    { instrument: lower(usd), paused: false, until: null, order_id: ids.unpause },
  ])
  const review = { review_by: at(reviewBy) }
  expect(await rows('SELECT * FROM measure ORDER BY block_number')).toMatchObject([
    { ...line, ...review, kind: 4, subject: bob, expires_at: at(expiresAt), order_id: ids.freeze },
    { ...line, ...review, kind: 4, subject: ann2, expires_at: null, order_id: ids.second },
    {
      ...review,
      kind: 8,
      subject: lower(usd),
      firm_id: null,
      expires_at: at(expiresAt),
      order_id: ids.pause,
    },
  ])
})

test('an amount frozen, part of which a forced transfer takes, and a recovery the rest', async () => {
  const { order, usd } = ledger
  ids.amount = await order({ kind: 'FreezeAmount', account: ann, amount: 900n }, usd)
  ids.forced = await order({ kind: 'ForcedTransfer', from: ann, to: ann2, amount: 300n }, usd)
  ids.recover = await order({ kind: 'Recover', lost: ann, replacement: ann2, identity: identities.ann }, usd)
  await index()
  const moved = await rows(
    'SELECT cause, "from", "to", amount::text, frozen_moved::text, order_id FROM transfer ORDER BY block_number, log_index',
  )
  expect(moved).toEqual([
    { cause: 'mint', from: zeroAddress, to: ann, amount: '1000', frozen_moved: '0', order_id: null },
    { cause: 'mint', from: zeroAddress, to: ann, amount: '50', frozen_moved: '0', order_id: null },
    { cause: 'forced', from: ann, to: ann2, amount: '300', frozen_moved: '200', order_id: ids.forced },
    { cause: 'recovery', from: ann, to: ann2, amount: '700', frozen_moved: '700', order_id: ids.recover },
  ])
  const frozen = 'SELECT account, amount::text, order_id FROM frozen_amount ORDER BY block_number, log_index'
  expect(await rows(frozen)).toEqual([
    { account: ann, amount: '900', order_id: ids.amount },
    { account: ann, amount: '700', order_id: ids.forced },
    { account: ann, amount: '0', order_id: ids.recover },
    { account: ann2, amount: '700', order_id: ids.recover },
  ])
  const [retired] = await rows('SELECT * FROM "freeze" ORDER BY block_number DESC, log_index DESC LIMIT 1')
  expect(retired).toMatchObject({ account: ann, frozen: true, until: null, order_id: ids.recover })
})

test('screening and country with what they leave in the identity; claims and who may give them', async () => {
  const { order, deployment } = ledger
  const { registry, anchor } = deployment
  ids.flag = await order({ kind: 'SetScreening', identity: identities.bob, flagged: true }, registry)
  ids.country = await order({ kind: 'SetCountry', identity: identities.bob, country: 250 }, registry)
  // Any contract will do for an issuer that nobody asks.
  ids.issuer = await order(
    { kind: 'SetTrustedIssuer', issuer: lower(anchor), topic: 7n, trusted: true },
    registry,
  )
  ids.topic = await order({ kind: 'SetClaimTopic', topic: 7n, required: true }, registry)
  ids.noTopic = await order({ kind: 'SetClaimTopic', topic: 7n, required: false }, registry)
  await index()
  const whose = { identity: identities.bob, firm_id: firm }
  expect(await rows('SELECT * FROM screening')).toMatchObject([
    { ...whose, flagged: true, order_id: ids.flag },
  ])
  expect(await rows('SELECT * FROM country_change')).toMatchObject([
    { ...whose, before: 276, after: 250, order_id: ids.country },
  ])
  expect(await rows('SELECT address, country, flagged FROM identity ORDER BY address')).toEqual([
    { address: identities.ann, country: 276, flagged: false },
    { address: identities.bob, country: 250, flagged: true },
  ])
  expect(await rows('SELECT * FROM trusted_issuer')).toMatchObject([
    { issuer: lower(anchor), topic: '7', trusted: true, order_id: ids.issuer },
  ])
  expect(await rows('SELECT topic, required, order_id FROM claim_topic ORDER BY block_number')).toEqual([
    { topic: '7', required: true, order_id: ids.topic },
    { topic: '7', required: false, order_id: ids.noTopic },
  ])
})

test('modules, what they are told, and another compliance', async () => {
  const { order, deployment, deployer, usd, bond, instrument } = ledger
  const [countries, supply, holders] = ['countries-restricted', 'supply-cap', 'holder-cap'].map((kind) =>
    moduleOf(kind),
  ) as [Address, Address, Address]
  ids.listed = await order({ kind: 'SetCountryRule', country: 643, listed: true }, countries)
  ids.supply = await order({ kind: 'SetSupplyCap', cap: 2_000_000n }, supply)
  ids.holders = await order({ kind: 'SetHolderCap', cap: 50n }, holders)
  const approvals = moduleOf('preapproval', 1)
  const pass = { kind: 'Preapprove', from: ann, to: ann2, expiresAt: 4_000_000_000n } as const
  ids.used = await order({ ...pass, amount: 5n }, approvals)
  ids.open = await order({ ...pass, amount: 6n }, approvals)
  await instrument('ann', bond, 'transfer', [ann2, 5n])
  const compliance = await deployer.deploy(complianceAbi, complianceBytecode, [
    deployment.roles,
    [deployment.policy],
  ])
  await deployer.call(compliance, { abi: complianceAbi, functionName: 'bindToken', args: [usd] })
  ids.compliance = await order({ kind: 'SetCompliance', compliance }, usd)
  await index()

  expect(await rows('SELECT * FROM country_rule')).toMatchObject([
    { module: lower(countries), country: 643, listed: true, order_id: ids.listed },
  ])
  const caps = 'SELECT module, "before"::text, "after"::text FROM module_cap ORDER BY block_number'
  expect(await rows(caps)).toEqual([
    { module: lower(supply), before: '0', after: '1000000' },
    { module: lower(holders), before: '0', after: '10' },
    { module: lower(supply), before: '1000000', after: '2000000' },
    { module: lower(holders), before: '10', after: '50' },
  ])
  const passes =
    'SELECT act, amount::text, order_id, firm_id FROM preapproval ORDER BY block_number, log_index'
  expect(await rows(passes)).toEqual([
    { act: 'approved', amount: '5', order_id: ids.used, firm_id: firm },
    { act: 'approved', amount: '6', order_id: ids.open, firm_id: firm },
    { act: 'consumed', amount: '5', order_id: null, firm_id: firm },
  ])
  const [first, second, third] = await rows('SELECT * FROM instrument_compliance ORDER BY block_number')
  expect([first, second]).toMatchObject([{ order_id: null }, { order_id: null, instrument: lower(bond) }])
  expect(third).toMatchObject({
    compliance: lower(compliance),
    instrument: lower(usd),
    order_id: ids.compliance,
  })
  const asked = await rows(
    `SELECT module FROM compliance_module WHERE added AND compliance = '${first.compliance}' ORDER BY log_index`,
  )
  expect(asked.map(({ module }) => module)).toEqual(
    deployment.instruments[0]!.modules!.map(({ address }) => lower(address)),
  )
})

test('a deputy, and for whom it approved', async () => {
  const { order, deployment, now, usd } = ledger
  const [principal, delegate] = [addressOf('approver'), addressOf('deputy')]
  const [startsAt, until] = [(await now()) - 10n, (await now()) + 86_400n]
  ids.deputy = await order(
    { kind: 'Delegate', principal, delegate, startsAt, until },
    deployment.roles,
    'administrator',
  )
  ids.lent = await order({ kind: 'FreezeAmount', account: bob, amount: 1n }, usd, 'deputy')
  await index()
  expect(await rows('SELECT * FROM delegation')).toMatchObject([
    {
      ...{
        principal,
        delegate,
        ended: false,
        starts_at: at(startsAt),
        until: at(until),
        order_id: ids.deputy,
      },
      ...{ principal_person: personOf('approver'), delegate_person: personOf('deputy') },
    },
  ])
  expect(await rows(`SELECT * FROM order_outcome WHERE order_id = '${ids.lent}'`)).toMatchObject([
    { approver: delegate, approver_for: principal, proposer_for: null, firm_id: firm },
  ])
})

test('the reconciliation finds nothing, and then what somebody changed', async () => {
  const { chain, deployment } = ledger
  const run = async () => {
    await reconcile(pool, createRpc(chain.rpcUrl), chain.chainId, chainConfigOf(deployment, 64).watch)
    const [last] = await rows('SELECT mismatches FROM reconciliation ORDER BY id DESC LIMIT 1')
    return last.mismatches.map(({ what }: { what: string }) => what).sort()
  }
  expect(await run()).toEqual([])
  const root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  await root.query(`BEGIN; UPDATE frozen_amount SET amount = amount + 1; UPDATE "freeze" SET until = now() WHERE frozen;
    UPDATE pause SET paused = true; UPDATE identity SET flagged = NOT flagged; COMMIT`)
  const found = new Set(await run())
  expect([...found]).toEqual(['KYC standing', 'frozen amount', 'frozen until', 'paused until'])
  await root.end()
  // Mended by what the facts say.
  const { number } = session.cursor
  await discardAfter(session.writer, session.cursor, await findPosition(pool, chain.chainId, 1n), number)
  session.cursor = { ...session.cursor, ...(await findPosition(pool, chain.chainId, 1n)) }
  await catchUp(session, number)
  expect(await run()).toEqual([])
}, 60_000)

test('a release that is scheduled and activated', async () => {
  const { order, deployment, deployer, bond, chain, instrument } = ledger
  const { roles, registry } = deployment
  const { abi, bytecode } = compileContract('Release')
  const implementation = lower(await deployer.deploy(abi, bytecode, [roles, registry]))
  ids.upgrade = await order({ kind: 'Upgrade', implementation }, bond)
  await chain.request('evm_increaseTime', [2 * 86_400 + 1])
  await instrument('administrator', bond, 'activateUpgrade', [])
  await index()
  const founded = { act: 'founded', implementation: lower(deployment.implementation!), version: '1.0.0' }
  const upgrades = await rows('SELECT * FROM upgrade ORDER BY block_number, log_index')
  expect(upgrades).toMatchObject([
    { ...founded, instrument: lower(ledger.usd) },
    { ...founded, instrument: lower(bond) },
    { act: 'scheduled', implementation, release: '2', order_id: ids.upgrade, version: null },
    {
      act: 'activated',
      implementation,
      release: '2',
      before: founded.implementation,
      version: '2.0.0',
      order_id: null,
    },
  ])
})

test('taken back to any block and read again, or read afresh, it is the same', async () => {
  const { chain, deployment } = ledger
  const head = session.cursor.number
  const compare = async () => {
    const rpc = createRpc(chain.rpcUrl)
    const { comparisons } = await compareWithReindex(
      pool,
      database.ownerUrl,
      rpc,
      chainConfigOf(deployment, 64),
    )
    return comparisons.filter((comparison) => !isSame(comparison)).map(({ table }) => table)
  }
  for (const back of [3n, 9n, 17n]) {
    const to = await findPosition(pool, chain.chainId, head - back)
    await discardAfter(session.writer, session.cursor, to, head)
    session.cursor = { ...session.cursor, ...to }
    expect(await compare(), `down to ${to.number}`).toEqual([])
    await catchUp(session, head)
  }
  expect(await compare()).toEqual([])
}, 120_000)
