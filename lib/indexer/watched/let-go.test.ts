import { expect, test } from 'vitest'
import type { ForeignName } from '../../../test/foreign-chain'
import { setUpForeignIndex } from '../../../test/foreign-index'
import { inTransaction } from '../../db/ledger/transaction'
import { listWatched } from '../../db/ledger/watched-instrument'
import { rebuildProjection } from '../rebuild'
import { reconcile } from '../reconcile'
import { resolveReorg } from '../sync'
import { letGo as endWatching } from './let-go'
import { writePast } from './past'

// Instruments of others that somebody had watched, and has let go.

const { place, open, index, ask, add, turn, take, reorganise, differences } = setUpForeignIndex(5)

/** As the form does. */
const change = (name: ForeignName, set: string) =>
  place.root.query(`UPDATE watched_instrument SET ${set} WHERE address = $1`, [place.chain.addresses[name]])
const letGo = (name: ForeignName) => change(name, 'let_go_by = gen_random_uuid(), let_go_at = now()')
const watchAgain = (name: ForeignName) => change(name, 'let_go_by = NULL, let_go_at = NULL')

const standing = async (name: ForeignName) => {
  const [row] = await ask(
    'SELECT state, end_block::int, filled_to::int, note FROM watched_instrument WHERE address = $1',
    place.chain.addresses[name],
  )
  return row
}
const count = async (name: ForeignName, table = 'transfer') => {
  const [row] = await ask(
    `SELECT count(*)::int AS rows FROM "${table}" WHERE instrument = $1`,
    place.chain.addresses[name],
  )
  return row.rows
}
const transfer = (name: ForeignName, from = 1) =>
  place.chain.call(name, 'transfer', [place.chain.accounts[4]!, 1n], from)
const at = () => Number(place.session.cursor.number)

test('what was read stays and says until when, nothing new is read, and a clean re-index says the same', async () => {
  for (const name of ['PlainToken', 'TextPermissioned', 'PaymentToken'] as const) await add(name)
  await take()
  await letGo('PlainToken')
  await letGo('PaymentToken')
  expect(await turn()).toBe(true)
  const end = at()
  expect(await standing('PlainToken')).toEqual({ state: 'ended', end_block: end, filled_to: end, note: null })
  const before = [await count('PlainToken'), await count('PaymentToken', 'refused_transfer')]
  await transfer('PlainToken')
  await place.chain.call('PlainToken', 'surprise', [])
  await place.chain.call('PlainToken', 'transfer', [place.chain.accounts[4]!, 5000n], 1) // refused
  await place.chain.call('PaymentToken', 'blacklist', [place.chain.accounts[1]!])
  await transfer('PaymentToken') // refused
  // Whoever answers for an account from now on answers for what it held then.
  await place.chain.linkAccount(place.chain.accounts[2]!, '0x000000000000000000000000000000000000002d', 8)
  await index()
  expect([await count('PlainToken'), await count('PaymentToken', 'refused_transfer')]).toEqual(before)
  expect(await differences()).toEqual([])
  expect(await turn()).toBe(false)
})

test('a reorganisation across its end reads it again up to there and no further', async () => {
  await transfer('TextPermissioned')
  await index()
  await letGo('TextPermissioned')
  await turn()
  const end = at()
  await place.chain.mine(2)
  await index()
  await reorganise(4)
  expect(await standing('TextPermissioned')).toMatchObject({ state: 'ended', end_block: end })
  expect(await differences()).toEqual([])
  // On the other branch it does something before that block, and after it.
  await place.chain.request('anvil_rollback', 4)
  await place.chain.call('TextPermissioned', 'unpause', [])
  expect(await place.chain.head()).toBe(BigInt(end))
  expect(await standing('TextPermissioned')).toMatchObject({ end_block: end })
  await place.chain.mine(6)
  await place.chain.call('TextPermissioned', 'pause', [])
  place.session = await open()
  await resolveReorg(place.session)
  await index()
  const pauses = await ask(
    'SELECT paused FROM pause WHERE instrument = $1',
    place.chain.addresses.TextPermissioned,
  )
  expect(pauses.map(({ paused }) => paused)).toEqual([true, false])
  expect(await differences()).toEqual([])
})

test('one that is watched again goes on where it ended, though its last blocks are taken back meanwhile', async () => {
  await transfer('TextPermissioned')
  await index()
  for (const name of ['PlainToken', 'TextPermissioned', 'PaymentToken'] as const) await watchAgain(name)
  // Just let go and at once asked for again: its end is not final yet.
  await add('RealWorldAsset')
  await take()
  await transfer('RealWorldAsset')
  await index()
  await letGo('RealWorldAsset')
  await turn()
  await watchAgain('RealWorldAsset')
  await reorganise(3)
  await transfer('RealWorldAsset')
  await index()
  await turn()
  for (const name of ['PlainToken', 'TextPermissioned', 'PaymentToken', 'RealWorldAsset'] as const)
    expect(await standing(name), name).toMatchObject({ state: 'live', end_block: null })
  await transfer('PlainToken')
  await index()
  expect(await differences()).toEqual([])
})

test('its balances are not compared any more, and a doubt that it alone raised ends', async () => {
  const { pool, rpc, config, root } = place
  const compare = async () => {
    await reconcile(pool, rpc, config.id, config.watch, 'complete')
    const [{ doubt }] = await ask('SELECT doubt FROM cursor')
    return doubt
  }
  expect(await compare()).toBe(null)
  await root.query('UPDATE balance SET amount = amount + 1 WHERE instrument = $1', [
    place.chain.addresses.PlainToken,
  ])
  expect(await compare()).toMatch(/PlainToken/)
  await letGo('PlainToken')
  await turn()
  expect(await compare()).toBe(null)
  await root.query('UPDATE balance SET amount = amount - 1 WHERE instrument = $1', [
    place.chain.addresses.PlainToken,
  ])
  await transfer('PlainToken')
  await index()
  expect(await compare()).toBe(null)
})

test('one whose past is still being read ends up to where that is', async () => {
  await place.chain.mine(8)
  await index()
  await add('RestrictedToken')
  const [{ middle }] = await ask(
    `SELECT (min(block_number) + 1)::int AS middle FROM log WHERE address = $1`,
    place.chain.addresses.RestrictedToken,
  )
  const [row] = await listWatched(place.pool, place.config.id, 'filling')
  const past = { chainId: place.config.id, registry: place.config.watch.registry, instrument: row! }
  const range = { from: row!.filledTo, to: BigInt(middle) }
  await inTransaction(place.pool, (sql) => writePast(sql, past, range, new Map()))
  await letGo('RestrictedToken')
  expect(await endWatching(place.session)).toBe(true)
  place.session = await open()
  const note = 'Let go before its past was read: never compared with what it says'
  expect(await standing('RestrictedToken')).toEqual({
    state: 'ended',
    end_block: middle,
    filled_to: middle,
    note,
  })
  expect(await count('RestrictedToken')).toBeGreaterThan(0)
  expect(await differences()).toEqual([])
  await watchAgain('RestrictedToken')
  await turn()
  await turn()
  expect(await standing('RestrictedToken')).toMatchObject({ state: 'live', end_block: null, note: null })
  expect(await differences()).toEqual([])
})

test('a rebuild derives them up to their end, and starts again if one is let go under it', async () => {
  const { pool, database, config } = place
  const urls = { owner: database.ownerUrl, worker: database.urls.worker }
  await letGo('RestrictedToken')
  await turn()
  await transfer('RestrictedToken')
  await index()
  await rebuildProjection({ live: pool, urls, config })
  place.session = await open()
  expect(await differences()).toEqual([])
  let isAsked = false
  const onProgress = async () => {
    if (isAsked) return
    isAsked = true
    await letGo('PaymentToken')
    await turn()
  }
  await expect(rebuildProjection({ live: pool, urls, config, onProgress })).rejects.toThrow(
    /let go meanwhile/,
  )
  expect(await differences()).toEqual([])
})

test('a worker whose epoch is over lets nothing go', async () => {
  await letGo('RealWorldAsset')
  const stale = place.session
  place.session = await open()
  await expect(endWatching(stale)).rejects.toMatchObject({ code: 'fenced' })
  expect(await standing('RealWorldAsset')).toMatchObject({ state: 'live' })
  expect(await turn()).toBe(true)
  expect(await standing('RealWorldAsset')).toMatchObject({ state: 'ended' })
})
