import { expect, onTestFinished, test } from 'vitest'
import type { ForeignName } from '../../../test/foreign-chain'
import { setUpForeignIndex } from '../../../test/foreign-index'
import { compliance } from '../../../test/foreign-story'
import { until } from '../../../test/until'
import { listWatched } from '../../db/ledger/watched-instrument'
import { reconcile } from '../reconcile'
import { runIndexer } from '../worker/run'
import { fill } from './fill'

// Tokens that nobody named in the deployment file, added to a ledger that is long since indexed.

const { place, index, ask, add, take, reorganise, differences } = setUpForeignIndex(5)

test('the past of added tokens is read, the present follows, and all of it equals a clean re-index', async () => {
  for (const name of ['PlainToken', 'TextPermissioned', 'NamedPermissioned'] as const) await add(name)
  await expect(differences()).rejects.toThrow(/still being read/)
  await take()
  expect(await differences()).toEqual([])
  for (const name of ['RealWorldAsset', 'RestrictedToken', 'PaymentToken'] as const) await add(name)
  await take()
  await place.chain.call('PlainToken', 'transfer', [place.chain.accounts[3]!, 7n], 1)
  await place.chain.call('PaymentToken', 'pause', [])
  await place.chain.call('PaymentToken', 'transfer', [place.chain.accounts[3]!, 7n], 1) // refused
  await place.chain.linkAccount(place.chain.accounts[2]!, '0x000000000000000000000000000000000000002d', 8)
  await index()
  expect(await differences()).toEqual([])
  await place.chain.call('TextPermissioned', 'unpause', [])
  await place.chain.call('TextPermissioned', 'freezePartialTokens', [place.chain.accounts[1]!, 3n])
  await place.chain.call('PlainToken', 'surprise', [])
  await place.chain.call('RealWorldAsset', 'transfer', [place.chain.accounts[3]!, 1n], 1)
  await index()
  await reorganise(4)
  expect(await differences()).toEqual([])
  const standing = await ask('SELECT state, history, note, failure FROM watched_instrument')
  expect(standing).toHaveLength(6)
  for (const row of standing)
    expect(row).toEqual({ state: 'live', history: 'full', note: null, failure: null })
})

const of = (name: ForeignName) => [place.config.id, place.chain.addresses[name]]

test('transfers name the firm that answered for the account then, balances the one that does now', async () => {
  const [, ann, bob] = place.chain.accounts
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
    { instrument: place.chain.addresses.TextPermissioned, paused: true, until: null },
    { instrument: place.chain.addresses.PaymentToken, paused: true, until: null },
  ])
  const rules = await ask('SELECT instrument, compliance FROM instrument_compliance ORDER BY block_number')
  expect(rules).toEqual([
    { instrument: place.chain.addresses.TextPermissioned, compliance },
    { instrument: place.chain.addresses.RestrictedToken, compliance },
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
    await reconcile(place.pool, place.rpc, place.config.id, place.config.watch, 'complete')
    const [last] = await ask('SELECT checked, mismatches FROM reconciliation ORDER BY id DESC LIMIT 1')
    return { checked: last.checked, found: last.mismatches.map(({ what }: { what: string }) => what) }
  }
  // Six supplies, every balance, two questions for each account frozen by ERC-3643 and one for each by ERC-7943.
  const [{ balances }] = await ask('SELECT count(*)::int AS balances FROM balance')
  expect(await compare()).toEqual({ checked: 6 + balances + 2 * 3 + 1, found: [] })
  for (const table of ['frozen_amount', 'balance']) {
    await place.root.query(`UPDATE ${table} SET amount = amount + 1 WHERE amount > 0`)
    expect((await compare()).found, table).toContain(table.replace('_', ' '))
    await place.root.query(`UPDATE ${table} SET amount = amount - 1 WHERE amount > 1`)
  }
  await place.root.query('UPDATE cursor SET doubt = NULL')
})

test('what nobody knows is kept raw', async () => {
  const rows = await ask('SELECT instrument, reason, topics, data FROM unknown_event')
  expect(rows).toEqual([
    {
      instrument: place.chain.addresses.PlainToken,
      reason: 'unknown',
      topics: expect.stringMatching(/^0x[0-9a-f]{64} 0x0{24}[0-9a-f]{40}$/),
      data: `0x${'7'.padStart(64, '0')}`,
    },
  ])
})

test('a token that does not tell what it does is watched without balances, by a worker that was running', async () => {
  const stop = new AbortController()
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const { pool, rpc, config } = place
  const { verification, watch } = config
  onTestFinished(async () => {
    stop.abort()
    await running
  })
  const running = runIndexer({ pool, source: { rpc, verification, watch }, config, log }, stop.signal)
  await add('SilentToken')
  const row = async () =>
    (await ask(`SELECT * FROM watched_instrument WHERE address = $1`, place.chain.addresses.SilentToken))[0]
  await until(async () => (await row()).state === 'live')
  expect(await row()).toMatchObject({ history: 'partial', events: '2' })
  expect((await row()).note).toBe('Its transfers add up to 1000, and it says it has issued 1500')
  const block = await place.chain
    .call('SilentToken', 'transfer', [place.chain.accounts[1]!, 1n], 3)
    .then(place.chain.head)
  await until(async () => (await ask('SELECT number FROM cursor'))[0].number >= block)
  stop.abort()
  await running
  expect(await ask('SELECT FROM balance WHERE instrument = $1', place.chain.addresses.SilentToken)).toEqual(
    [],
  )
  expect(await differences()).toEqual([])

  // A piece of its past that was begun while balances were still to be derived comes too late.
  await place.root.query(
    "UPDATE watched_instrument SET state = 'filling', filled_to = start_block - 1 WHERE address = $1",
    [place.chain.addresses.SilentToken],
  )
  const [again] = await listWatched(pool, config.id, 'filling')
  await fill(pool, { rpc, verification, watch }, config, { ...again!, history: 'full' })
  expect(await listWatched(pool, config.id, 'filling')).toEqual([again])
}, 60_000)
