import pg from 'pg'
import {
  type Address,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  type Hex,
  http,
  pad,
} from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAnvil, type TestChain } from '../../test/chain'
import { type FreshDatabase, freshDatabase } from '../../test/postgres'
import { deployLedger } from '../chain/deploy'
import type { Deployment } from '../chain/deployment'
import { identityRegistryAbi } from '../chain/generated/identity-registry'
import { instrumentAbi } from '../chain/generated/instrument'
import { createRpc } from '../chain/rpc'
import { chainConfigOf } from './config'
import { reconcile } from './reconcile'
import { compareWithReindex, isSame } from './reindex'
import { catchUp, openSession } from './sync'
import { lower } from './watch'

// The real contracts: what they emit is understood, what they refuse is kept with its reason, and the sums agree.

const admin = mnemonicToAccount('test test test test test test test test test test test junk')
const person = pad('0x1', { size: 32 })
const [identity, account, stranger] = ['0x1d', '0xac', '0xee'].map((end) =>
  pad(end as Hex, { size: 20 }),
) as [Address, Address, Address]

let chain: TestChain
let deployment: Deployment
let database: FreshDatabase
let pool: pg.Pool

const config = () => chainConfigOf(deployment, 64)
const rows = async (statement: string) => (await pool.query(statement)).rows

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.urls.worker, max: 4 })
  chain = await startAnvil()
  const transport = http(chain.rpcUrl)
  const publicClient = createPublicClient({ transport, pollingInterval: 20, cacheTime: 0 })
  deployment = await deployLedger({
    walletClient: createWalletClient({ account: admin, transport }),
    publicClient,
    officers: [{ account: admin.address, person, roles: 63n }],
    instruments: [{ name: 'Dollar', symbol: 'USD', decimals: 2, rate: { numerator: 1n, denominator: 1n } }],
    tiers: [{ tier: 1, transfer: 1000n, day: 'none', month: 'none', balance: 'none' }],
  })
  const registry = (functionName: 'registerFirm' | 'register', args: never) =>
    send(deployment.registry, encodeFunctionData({ abi: identityRegistryAbi, functionName, args }))
  await registry('registerFirm', [3, `0x${'41'.repeat(20)}`, 'Bank A'] as never)
  await registry('register', [account, identity, 3, 276] as never)
  const usd = deployment.instruments[0]!.address
  const instrument = (functionName: 'mint' | 'transfer' | 'transferFrom', args: never) =>
    send(usd, encodeFunctionData({ abi: instrumentAbi, functionName, args }))
  await instrument('mint', [account, 5n] as never)
  await instrument('transfer', [stranger, 7n] as never)
  await instrument('transferFrom', [account, stranger, 8n] as never)
  await index()
})
afterAll(async () => {
  await pool.end()
  await chain.stop()
  await database.drop()
})

async function send(to: Address, data: Hex) {
  await chain.request('eth_sendTransaction', [
    { from: admin.address, to, data, gas: '0x200000', gasPrice: '0x0' },
  ])
}

async function index() {
  const rpc = createRpc(chain.rpcUrl)
  const { verification, watch } = config()
  const session = await openSession(pool, { rpc, verification, watch }, config())
  await catchUp(session, BigInt(await chain.request<string>('eth_blockNumber')))
}

test('firm, identity and account are there with whom they belong to', async () => {
  expect(await rows('SELECT id, lei, name FROM firm')).toEqual([
    { id: 3, lei: 'A'.repeat(20), name: 'Bank A' },
  ])
  expect(await rows('SELECT address, firm_id, country, status, tier FROM identity')).toEqual([
    { address: identity, firm_id: 3, country: 276, status: 1, tier: 0 },
  ])
  expect(await rows('SELECT address, identity, firm_id FROM account')).toEqual([
    { address: account, identity, firm_id: 3 },
  ])
})

test('limits, rates and roles of the founding are there', async () => {
  expect(await rows('SELECT subject, "window", amount::text FROM policy_limit WHERE "window" = 0')).toEqual([
    { subject: '1', window: 0, amount: '1000' },
  ])
  expect(await rows('SELECT numerator::text FROM rate')).toEqual([{ numerator: '1' }])
  expect(await rows('SELECT account, person, roles::text FROM role_grant')).toEqual([
    { account: lower(admin.address), person, roles: '63' },
  ])
})

test('each refused attempt is kept with who, whom, how much and why', async () => {
  const sender = lower(admin.address)
  const refused = await rows(
    `SELECT sender, "from", "to", amount::text, code, from_firm, to_firm, reason, revert_data IS NOT NULL AS replayed
     FROM refused_transfer JOIN receipt ON receipt.block_number = refused_transfer.block_number AND index = tx_index
     ORDER BY refused_transfer.block_number`,
  )
  const zero = pad('0x', { size: 20 })
  expect(refused).toMatchObject([
    { sender, from: zero, to: account, amount: '5', code: 14, from_firm: null, to_firm: 3, replayed: true },
    { sender, from: sender, to: stranger, amount: '7', from_firm: null, to_firm: null, replayed: true },
    { sender, from: account, to: stranger, amount: '8', from_firm: 3, to_firm: null, replayed: true },
  ])
  for (const { code, reason } of refused) expect(code !== null || reason !== '').toBe(true)
})

test('the reconciliation finds nothing, and then what somebody changed', async () => {
  const { watch } = config()
  await reconcile(pool, createRpc(chain.rpcUrl), chain.chainId, watch)
  const last = async () =>
    (await rows('SELECT checked, mismatches FROM reconciliation ORDER BY id DESC LIMIT 1'))[0]
  expect(await last()).toMatchObject({ mismatches: [] })
  expect((await last()).checked).toBeGreaterThanOrEqual(2)

  await pool.query('UPDATE identity SET tier = 2')
  await pool.query('UPDATE instrument SET total_supply = 1')
  await reconcile(pool, createRpc(chain.rpcUrl), chain.chainId, watch)
  const found = (await last()).mismatches.map(({ what }: { what: string }) => what)
  expect(found.sort()).toEqual(['KYC standing', 'sum of balances', 'total supply'])
  await pool.query('UPDATE identity SET tier = 0')
  await pool.query('UPDATE instrument SET total_supply = 0')
})

test('a block that the chain has taken back is no fault, and a node that cannot answer is one', async () => {
  const real = createRpc(chain.rpcUrl)
  const count = async () => (await rows('SELECT count(*)::int FROM reconciliation'))[0].count
  const before = await count()
  const batch = async (calls: readonly unknown[]) =>
    calls.map(() => ({ error: { code: -32001, message: 'Resource not found' } }))
  const gone = async (method: string, ...params: unknown[]) =>
    method === 'eth_getBlockByHash' ? null : real.call(method, ...params)
  await reconcile(pool, { ...real, batch, call: gone }, chain.chainId, config().watch)
  const broken = reconcile(pool, { ...real, batch }, chain.chainId, config().watch)
  await expect(broken).rejects.toThrow('Resource not found')
  expect(await count()).toBe(before)
})

test('what a replay said is taken over where the node cannot say it any more', async () => {
  const real = createRpc(chain.rpcUrl)
  // As anvil after a restart: no traces, no old state.
  const forgetful = {
    ...real,
    batch: async (calls: Parameters<typeof real.batch>[0]) => {
      const forgotten = { error: { code: -32001, message: 'Resource not found' } }
      if (calls.some(({ method }) => ['debug_traceTransaction', 'eth_call'].includes(method)))
        return calls.map(() => forgotten)
      return real.batch(calls)
    },
  }
  const { comparisons } = await compareWithReindex(pool, database.ownerUrl, forgetful, config())
  expect(comparisons.filter((comparison) => !isSame(comparison)).map(({ table }) => table)).toEqual([])
})
