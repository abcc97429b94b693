import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type ForeignChain, type ForeignName, startForeignChain } from '../../../test/foreign-chain'
import { compliance, nobody, tellStory } from '../../../test/foreign-story'
import { type FreshDatabase, freshDatabase } from '../../../test/postgres'
import { until } from '../../../test/until'
import { recognise } from '../../chain/adapters/recognise'
import { createRpc, type Rpc } from '../../chain/rpc'
import { listWatched } from '../../db/ledger/watched-instrument'
import { chainConfigOf } from '../config'
import { reconcile } from '../reconcile'
import { compareWithReindex, isSame } from '../reindex'
import { type ChainConfig, catchUp, openSession, resolveReorg, type Session } from '../sync'
import { watchWith } from '../watch'
import { runIndexer } from '../worker/run'
import { adoptWatched } from './adopt'
import { fill } from './fill'

// Tokens that nobody named in the deployment file, added to a ledger that is long since indexed.

let chain: ForeignChain
let database: FreshDatabase
let pool: pg.Pool
let root: pg.Client
let rpc: Rpc
let config: ChainConfig
let session: Session
const finality = 5

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.urls.worker, max: 6 })
  root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  chain = await startForeignChain()
  rpc = createRpc(chain.rpcUrl)
  const none = {
    registry: chain.registry,
    policy: nobody,
    roles: nobody,
    orders: nobody,
    anchor: nobody,
  } as const
  const deployment = {
    chainId: chain.chainId,
    startBlock: 1,
    ordersCodeHash: `0x${'00'.repeat(32)}`,
  } as const
  config = chainConfigOf({ ...deployment, ...none, instruments: [] }, finality)
  await tellStory(chain)
  session = await open()
  await index()
}, 120_000)
afterAll(async () => {
  await root.end()
  await pool.end()
  await chain.stop()
  await database.drop()
})

const open = () => {
  const { verification, watch } = config
  return openSession(pool, { rpc, verification, watch }, config)
}
const index = async () => catchUp(session, await chain.head())
const ask = async (text: string, ...values: unknown[]) => (await pool.query(text, values)).rows

/** As the form does: recognised on chain, kept as data. */
async function add(name: ForeignName): Promise<void> {
  const found = await recognise(rpc, chain.addresses[name])
  if ('why' in found) throw new Error(found.words)
  await root.query(
    `INSERT INTO watched_instrument (chain_id, address, name, symbol, decimals, standard, capabilities, start_block, added_by,
       filled_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::bigint, gen_random_uuid(), $8::bigint - 1)`,
    [
      ...[config.id, chain.addresses[name], name, name, found.decimals, found.adapter.standard],
      ...[found.capabilities, chain.blocks[name]],
    ],
  )
}

/** As the worker does: the past beside the indexing, the newest blocks by the writer. */
async function take(): Promise<void> {
  for (const row of await listWatched(pool, config.id, 'filling'))
    await fill(pool, session.source, config, row)
  expect(await adoptWatched(session)).toBe(true)
  session = await open()
}

/** What a reorganisation takes back, it takes back of added tokens too. */
async function reorganise(depth: number): Promise<void> {
  await chain.request('anvil_reorg', depth, [])
  await chain.mine(1)
  expect(await resolveReorg(session)).toBe(BigInt(depth))
  await index()
}

async function differences(): Promise<string[]> {
  const { comparisons } = await compareWithReindex(pool, database.ownerUrl, rpc, config)
  const different = comparisons.filter((each) => !isSame(each))
  return different.map(({ table, onlyLive, onlyClean }) => `${table} ${onlyLive} / ${onlyClean}`)
}

test('the past of added tokens is read, the present follows, and all of it equals a clean re-index', async () => {
  for (const name of ['PlainToken', 'TextPermissioned', 'NamedPermissioned'] as const) await add(name)
  await expect(differences()).rejects.toThrow(/still being read/)
  await take()
  expect(await differences()).toEqual([])
  for (const name of ['RealWorldAsset', 'RestrictedToken', 'PaymentToken'] as const) await add(name)
  await take()
  await chain.call('PlainToken', 'transfer', [chain.accounts[3]!, 7n], 1)
  await chain.call('PaymentToken', 'pause', [])
  await chain.call('PaymentToken', 'transfer', [chain.accounts[3]!, 7n], 1) // refused
  await chain.linkAccount(chain.accounts[2]!, '0x000000000000000000000000000000000000002d', 8)
  await index()
  expect(await differences()).toEqual([])
  await chain.call('TextPermissioned', 'unpause', [])
  await chain.call('TextPermissioned', 'freezePartialTokens', [chain.accounts[1]!, 3n])
  await chain.call('PlainToken', 'surprise', [])
  await chain.call('RealWorldAsset', 'transfer', [chain.accounts[3]!, 1n], 1)
  await index()
  await reorganise(4)
  expect(await differences()).toEqual([])
  const standing = await ask('SELECT state, history, note, failure FROM watched_instrument')
  expect(standing).toHaveLength(6)
  for (const row of standing)
    expect(row).toEqual({ state: 'live', history: 'full', note: null, failure: null })
})

const of = (name: ForeignName) => [config.id, chain.addresses[name]]

test('transfers name the firm that answered for the account then, balances the one that does now', async () => {
  const [, ann, bob] = chain.accounts
  const rows = await ask(
    `SELECT "from", amount::int, from_firm FROM transfer WHERE chain_id = $1 AND instrument = $2
     AND cause = 'transfer' ORDER BY block_number`,
    ...of('PlainToken'),
  )
  expect(rows).toEqual([
    { from: ann, amount: 100, from_firm: null },
    { from: ann, amount: 10, from_firm: 7 },
    { from: ann, amount: 7, from_firm: 7 },
  ])
  const holdings = await ask(
    'SELECT account, amount::int, firm_id FROM balance WHERE chain_id = $1 AND instrument = $2 ORDER BY amount DESC',
    ...of('PlainToken'),
  )
  expect(holdings.slice(0, 2)).toEqual([
    { account: ann, amount: 883, firm_id: 7 },
    { account: bob, amount: 110, firm_id: 8 },
  ])
})

test('both indexings of ERC-3643 are read: a recovery is named, a name that is only a hash is not made up', async () => {
  for (const [name, renamed] of [
    ['TextPermissioned', /^0x[0-9a-f]{64}$/],
    ['NamedPermissioned', /^Renamed$/],
  ] as const) {
    const causes = await ask(
      `SELECT cause FROM transfer WHERE chain_id = $1 AND instrument = $2 AND cause = 'recovery'`,
      ...of(name),
    )
    expect(causes).toHaveLength(1)
    const [event] = await ask(
      `SELECT arguments FROM instrument_event WHERE chain_id = $1 AND instrument = $2 AND name = 'UpdatedTokenInformation'`,
      ...of(name),
    )
    expect(event.arguments.newName).toMatch(renamed)
    const frozen = await ask(
      'SELECT frozen FROM "freeze" WHERE chain_id = $1 AND instrument = $2',
      ...of(name),
    )
    expect(frozen).toEqual([{ frozen: true }])
  }
})

test('changes of what is frozen add up, absolute amounts are taken as they are', async () => {
  const amounts = async (name: ForeignName) => {
    const rows = await ask(
      'SELECT amount::int FROM frozen_amount WHERE chain_id = $1 AND instrument = $2 ORDER BY block_number',
      ...of(name),
    )
    return rows.map(({ amount }) => amount)
  }
  // 1000 − 110 sent leaves 890, 850 of it held, 40 free: a forced 100 releases 60.
  expect(await amounts('TextPermissioned')).toEqual([800, 850, 790])
  expect(await amounts('RealWorldAsset')).toEqual([70])
  const forced = await ask(
    `SELECT amount::int FROM transfer WHERE chain_id = $1 AND instrument = $2 AND cause = 'forced'`,
    ...of('RealWorldAsset'),
  )
  expect(forced).toEqual([{ amount: 5 }])
})

test('lists of blocked accounts, pauses and rules have their rows', async () => {
  const freezes = async (name: ForeignName) =>
    (
      await ask(
        'SELECT frozen FROM "freeze" WHERE chain_id = $1 AND instrument = $2 ORDER BY block_number',
        ...of(name),
      )
    ).map(({ frozen }) => frozen)
  expect(await freezes('PaymentToken')).toEqual([true, false])
  expect(await freezes('RestrictedToken')).toEqual([true])
  const pauses = await ask('SELECT instrument, paused, until FROM pause ORDER BY block_number')
  expect(pauses).toEqual([
    { instrument: chain.addresses.TextPermissioned, paused: true, until: null },
    { instrument: chain.addresses.PaymentToken, paused: true, until: null },
  ])
  const rules = await ask('SELECT instrument, compliance FROM instrument_compliance ORDER BY block_number')
  expect(rules).toEqual([
    { instrument: chain.addresses.TextPermissioned, compliance },
    { instrument: chain.addresses.RestrictedToken, compliance },
  ])
})

test.each([
  ['PlainToken', ['ERC20InsufficientBalance: the sender holds less than that']],
  [
    'TextPermissioned',
    [
      'Insufficient Balance: more than the sender has free of what is frozen',
      'wallet is frozen: the sender or the receiver is frozen',
    ],
  ],
  ['NamedPermissioned', ['ERC20InsufficientBalance', 'FrozenWallet: the sender or the receiver is frozen']],
  ['RealWorldAsset', ['ERC7943InsufficientUnfrozenBalance: more than', 'ERC7943InsufficientUnfrozenBalance']],
  ['RestrictedToken', ['ERC20InsufficientBalance', 'CMTAT_InvalidTransfer: a freeze, a pause or a rule']],
  [
    'PaymentToken',
    ['Blacklistable: account is blacklisted: the sender or', 'Pausable: paused: the instrument is paused'],
  ],
] as const)('%s: what it refused is read in its own words', async (name, words) => {
  const rows = await ask(
    'SELECT reason FROM refused_transfer WHERE chain_id = $1 AND instrument = $2 ORDER BY block_number',
    ...of(name),
  )
  expect(rows).toHaveLength(words.length)
  for (const [index, { reason }] of rows.entries()) expect(reason).toContain(words[index])
})

test('what they hold and what is frozen of it is compared with what they say', async () => {
  const compare = async () => {
    const whole = watchWith(config.watch, await listWatched(pool, config.id, 'live'))
    await reconcile(pool, rpc, config.id, whole, 'complete')
    const [last] = await ask('SELECT checked, mismatches FROM reconciliation ORDER BY id DESC LIMIT 1')
    return { checked: last.checked, found: last.mismatches.map(({ what }: { what: string }) => what) }
  }
  // Six supplies, every balance, two questions for each account frozen by ERC-3643 and one for each by ERC-7943.
  const [{ balances }] = await ask('SELECT count(*)::int AS balances FROM balance')
  expect(await compare()).toEqual({ checked: 6 + balances + 2 * 3 + 1, found: [] })
  for (const table of ['frozen_amount', 'balance']) {
    await root.query(`UPDATE ${table} SET amount = amount + 1 WHERE amount > 0`)
    expect((await compare()).found, table).toContain(table.replace('_', ' '))
    await root.query(`UPDATE ${table} SET amount = amount - 1 WHERE amount > 1`)
  }
  await root.query('UPDATE cursor SET doubt = NULL')
})

test('what nobody knows is kept raw', async () => {
  const rows = await ask('SELECT instrument, reason, topics, data FROM unknown_event')
  expect(rows).toEqual([
    {
      instrument: chain.addresses.PlainToken,
      reason: 'unknown',
      topics: expect.stringMatching(/^0x[0-9a-f]{64} 0x0{24}[0-9a-f]{40}$/),
      data: `0x${'7'.padStart(64, '0')}`,
    },
  ])
})

test('a token that does not tell what it does is watched without balances, by a worker that was running', async () => {
  const stop = new AbortController()
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const { verification, watch } = config
  onTestFinished(async () => {
    stop.abort()
    await running
  })
  const running = runIndexer({ pool, source: { rpc, verification, watch }, config, log }, stop.signal)
  await add('SilentToken')
  const row = async () =>
    (await ask(`SELECT * FROM watched_instrument WHERE address = $1`, chain.addresses.SilentToken))[0]
  await until(async () => (await row()).state === 'live')
  expect(await row()).toMatchObject({ history: 'partial', events: '2' })
  expect((await row()).note).toBe('Its transfers add up to 1000, and it says it has issued 1500')
  const block = await chain.call('SilentToken', 'transfer', [chain.accounts[1]!, 1n], 3).then(chain.head)
  await until(async () => (await ask('SELECT number FROM cursor'))[0].number >= block)
  stop.abort()
  await running
  expect(await ask('SELECT FROM balance WHERE instrument = $1', chain.addresses.SilentToken)).toEqual([])
  expect(await differences()).toEqual([])
}, 60_000)
