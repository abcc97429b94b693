import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ControlledLedger, identities, startControlledLedger } from '../../test/controlled-ledger'
import { type FreshDatabase, freshDatabase } from '../../test/postgres'
import { createRpc, type Rpc } from '../chain/rpc'
import { chainConfigOf } from './config'
import { reconcile } from './reconcile'
import { catchUp, openSession, type Session } from './sync'

// Every value of a small ledger of the real contracts, compared with the chain.

let ledger: ControlledLedger
let database: FreshDatabase
let pool: pg.Pool
let root: pg.Client
let session: Session
let rpc: Rpc

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.urls.worker, max: 4 })
  root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  ledger = await startControlledLedger()
  rpc = createRpc(ledger.chain.rpcUrl)
  const config = chainConfigOf(ledger.deployment, 64)
  session = await openSession(pool, { rpc, verification: config.verification, watch: config.watch }, config)
}, 120_000)
afterAll(async () => {
  await root.end()
  await pool.end()
  await ledger.chain.stop()
  await database.drop()
})

const rows = async (statement: string) => (await pool.query(statement)).rows
const index = async () => catchUp(session, BigInt((await rpc.call('eth_blockNumber')) as string))
const { ann } = identities

/** What differs, as 'what subject'. */
async function compareAll(): Promise<string[]> {
  await index()
  await reconcile(pool, rpc, ledger.chain.chainId, session.writer.watch, 'complete')
  const [last] = await rows('SELECT mismatches FROM reconciliation ORDER BY id DESC LIMIT 1')
  return last.mismatches.map(({ what }: { what: string }) => what).sort()
}

test('every value agrees, and each that somebody changed is found', async () => {
  expect(await compareAll()).toEqual([])
  const changes = {
    balance: ['UPDATE balance SET amount = amount + 1', 'UPDATE balance SET amount = amount - 1'],
    roles: ['UPDATE role_grant SET roles = roles + 64', 'UPDATE role_grant SET roles = roles - 64'],
    'KYC standing': ['UPDATE identity SET tier = tier + 1', 'UPDATE identity SET tier = tier - 1'],
  }
  for (const [what, [change, undo]] of Object.entries(changes)) {
    await root.query(change!)
    expect(await compareAll(), what).toContain(what)
    expect((await rows('SELECT doubt FROM cursor'))[0].doubt, what).toContain('At block ')
    await root.query(undo!)
  }
  expect(await compareAll()).toEqual([])
  expect((await rows('SELECT doubt FROM cursor'))[0].doubt).toBeNull()
}, 60_000)

test('who holds something and may not move it is listed, though no event said so', async () => {
  const holders = async () => {
    await compareAll()
    return rows('SELECT identity, firm_id, reason FROM ineligible_holder')
  }
  const because = (reason: string) => [{ identity: ann, firm_id: 3, reason }]
  expect(await holders()).toEqual([])

  const { registry, anchor } = ledger.deployment
  const topic = (isRequired: boolean) =>
    ledger.order({ kind: 'SetClaimTopic', topic: 7n, required: isRequired }, registry)
  // Any contract will do for an issuer that nobody asks.
  await ledger.order({ kind: 'SetTrustedIssuer', issuer: anchor, topic: 7n, trusted: true }, registry)
  await topic(true)
  expect(await holders()).toEqual(because('claim'))
  await topic(false)
  expect(await holders()).toEqual([])

  await ledger.chain.request('evm_setNextBlockTimestamp', [4_000_000_001])
  await ledger.chain.request('evm_mine', [])
  expect(await holders()).toEqual(because('expired'))
}, 60_000)
