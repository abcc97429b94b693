import { numberToHex } from 'viem'
import { expect, test } from 'vitest'
import type { ForeignName } from '../../../test/foreign-chain'
import { setUpForeignIndex } from '../../../test/foreign-index'
import { type Answer, type Rpc, resultOf } from '../../chain/rpc'
import { reconcile, reconcileJob } from '../reconcile'
import { settleControls } from '../reconcile/foreign'

// What the ledger says of the pauses and freezes of others' tokens, beside what these say themselves.

const { place, index, ask, add, take } = setUpForeignIndex(5)

const names: ForeignName[] = [
  'TextPermissioned',
  'NamedPermissioned',
  'RealWorldAsset',
  'RestrictedToken',
  'PaymentToken',
]

const silent = { info: () => {}, warn: () => {}, error: () => {} }

async function compare(): Promise<string[]> {
  const { pool, rpc, config } = place
  await settleControls(pool, rpc, config.id, silent)
  await reconcile(pool, rpc, config.id, config.watch, 'complete')
  const [last] = await ask('SELECT mismatches FROM reconciliation ORDER BY id DESC LIMIT 1')
  return last.mismatches.map(({ what, subject }: Record<string, string>) => `${what} ${subject}`)
}
const isDoubted = async () => (await ask('SELECT doubt FROM cursor'))[0].doubt !== null

/** Changes the state behind `paused()` as no function of the contract does: without a word. */
async function setPaused(name: 'TextPermissioned' | 'PaymentToken', isPaused: boolean): Promise<void> {
  const { chain } = place
  // The second has it beside an address that is zero, in one word.
  const [number, bit] = ({ PaymentToken: [6, 0n], TextPermissioned: [10, 160n] } as const)[name]
  const slot = numberToHex(number, { size: 32 })
  const word = numberToHex(isPaused ? 1n << bit : 0n, { size: 32 })
  await chain.request('anvil_setStorageAt', chain.addresses[name], slot, word)
  await chain.mine(1)
  await index()
}

test('on the first day what each answers truly is found out, and all of it is compared', async () => {
  for (const name of names) await add(name)
  await take()
  expect(await compare()).toEqual([])
  const rows = await ask('SELECT symbol, controls, note FROM watched_instrument ORDER BY added_at')
  expect(rows).toEqual(
    [
      ['TextPermissioned', ['paused()', 'isFrozen(address)', 'getFrozenTokens(address)']],
      ['NamedPermissioned', ['isFrozen(address)', 'getFrozenTokens(address)']],
      ['RealWorldAsset', ['getFrozenTokens(address)']],
      ['RestrictedToken', ['frozen(address)']],
      ['PaymentToken', ['paused()', 'isBlacklisted(address)']],
    ].map(([symbol, controls]) => ({ symbol, controls, note: null })),
  )
})

test.each([
  ['a pause that is missing', 'DELETE FROM pause', 'paused TextPermissioned'],
  ['a freeze that was lifted', 'UPDATE "freeze" SET frozen = false', /^frozen RestrictedToken 0x/],
  [
    'a block that was lifted, and is said to stand',
    'UPDATE "freeze" SET frozen = true',
    /^frozen PaymentToken 0x/,
  ],
] as const)('%s stops reports and is named', async (_, text, named) => {
  const { root } = place
  await root.query('CREATE TABLE IF NOT EXISTS kept_pause AS SELECT * FROM pause')
  await root.query('CREATE TABLE IF NOT EXISTS kept_freeze AS SELECT * FROM "freeze"')
  await root.query(text)
  const found = await compare()
  expect(found).toContainEqual(typeof named === 'string' ? named : expect.stringMatching(named))
  expect(await isDoubted()).toBe(true)
  await root.query('DELETE FROM pause; INSERT INTO pause SELECT * FROM kept_pause')
  await root.query('DELETE FROM "freeze"; INSERT INTO "freeze" SELECT * FROM kept_freeze')
  expect(await compare()).toEqual([])
  expect(await isDoubted()).toBe(false)
})

test('a contract that changes its pause without a word is found', async () => {
  await setPaused('TextPermissioned', false)
  expect(await compare()).toEqual(['paused TextPermissioned'])
  expect(await isDoubted()).toBe(true)
  await setPaused('TextPermissioned', true)
  expect(await compare()).toEqual([])
})

test('what one says otherwise on the first day is not held against it, and the screen says why', async () => {
  await setPaused('PaymentToken', true)
  await place.root.query("UPDATE watched_instrument SET controls = NULL WHERE symbol = 'PaymentToken'")
  expect(await compare()).toEqual([])
  const [row] = await ask("SELECT controls, note FROM watched_instrument WHERE symbol = 'PaymentToken'")
  expect(row).toEqual({
    controls: ['isBlacklisted(address)'],
    note: 'What is paused is not what its events said: not compared',
  })
})

/** The node, giving this answer to every call of one contract. */
function answering(name: ForeignName, answer: () => Answer): Rpc {
  const { rpc, chain } = place
  return {
    ...rpc,
    batch: async (calls) => {
      const answers = await rpc.batch(calls)
      const isOf = ({ to }: { to?: string }) => to === chain.addresses[name]
      return calls.map(({ params }, at) => (isOf(params[0] as object) ? answer() : answers[at]!))
    },
  }
}

test('an error in words that nobody knows is a finding if the node answers otherwise, and else is none', async () => {
  const { pool, config } = place
  const error = { code: -32603, message: 'Halt: WordsOfTomorrow' }
  const odd = answering('PaymentToken', () => ({ error }))
  const last = async () =>
    (await ask('SELECT id, mismatches FROM reconciliation ORDER BY id DESC LIMIT 1'))[0]
  const before = await last()
  const mute: Rpc = { ...odd, batch: async (calls) => calls.map(() => ({ error })) }
  await expect(reconcile(pool, mute, config.id, config.watch, 'complete')).rejects.toThrow('WordsOfTomorrow')
  expect((await last()).id).toBe(before.id)
  await reconcile(pool, odd, config.id, config.watch, 'complete')
  const { mismatches } = await last()
  expect(mismatches.length).toBeGreaterThan(1)
  for (const each of mismatches)
    expect(each).toMatchObject({ subject: expect.stringContaining('PaymentToken'), chain: 'failed' })
  expect(await compare()).toEqual([])
})

test('one that cannot be asked of its controls keeps neither the others nor the comparison waiting', async () => {
  const { pool, root, config } = place
  const unsettled = () => ask('SELECT symbol FROM watched_instrument WHERE controls IS NULL')
  await root.query('UPDATE watched_instrument SET controls = NULL')
  const [before] = await ask('SELECT max(id) AS id FROM reconciliation')
  const words: string[] = []
  const log = { ...silent, warn: (values: object) => void words.push(JSON.stringify(values)) }
  const error = { code: -32000, message: 'header not found' }
  let isCompared = false
  const rpc = answering('NamedPermissioned', () => {
    if (isCompared) resultOf('eth_call', { error })
    return { error: { code: 3, message: 'execution reverted' } }
  })
  const heard: Rpc = {
    ...rpc,
    batch: async (calls) => {
      const [now] = await ask('SELECT max(id) AS id FROM reconciliation')
      isCompared = now.id !== before.id
      return rpc.batch(calls)
    },
  }
  await reconcileJob(pool, heard, config.id, config.watch, log).run(new AbortController().signal)
  expect(isCompared).toBe(true)
  expect(await unsettled()).toEqual([{ symbol: 'NamedPermissioned' }])
  expect(words).toEqual([expect.stringContaining(place.chain.addresses.NamedPermissioned)])
  await settleControls(pool, place.rpc, config.id, log)
  expect(await unsettled()).toEqual([])
  expect(words).toHaveLength(1)
  expect(await compare()).toEqual([])
})

test('a contract that comes to nothing is a finding, and keeps no other from being compared', async () => {
  const { chain } = place
  await chain.request('anvil_setCode', chain.addresses.PaymentToken, '0xfe')
  await chain.mine(1)
  await index()
  const found = await compare()
  expect(found).toContain('total supply PaymentToken')
  expect(found.every((each) => each.includes('PaymentToken'))).toBe(true)
  await chain.request('anvil_setCode', chain.addresses.TextPermissioned, '0x')
  await chain.mine(1)
  await index()
  expect(await compare()).toContain('paused TextPermissioned')
  // One byte is no number.
  await chain.request('anvil_setCode', chain.addresses.RestrictedToken, '0x60015ff3')
  await chain.mine(1)
  await index()
  expect(await compare()).toContain('total supply RestrictedToken')
})
