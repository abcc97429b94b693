import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { breakingPool } from '../../../test/breaking-pool'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'
import { createUpstreams } from '../../chain/upstreams'
import { type Claim, hasRanges, insertRanges, takeClaim } from '../../db/ledger/backfill-range'
import type { Finality } from '../../db/ledger/chain'
import { ledgerTables } from '../../db/ledger/digest'
import { decodeHeader } from '../decode/answers'
import type { Source } from '../fetch/blocks'
import { shareBackfill } from '../fetch/staged'
import { catchUp } from '../sync'
import { hashHeader } from '../verify/header'
import { stage } from './stage'

// Workers that do not lead fetch for the one that does: what they stage, and what is made of it. Each test begins with
// an empty ledger.

const { place, open, differences, follow, other, head } = setUpFaults({ seed: 81, blocks: 130, finality: 4 })
const sharing = { size: 40n, least: 60n, ahead: 160n }
const lapsesMs = 10_000
const stagedTables = ['backfill_range', 'block', 'transaction', 'receipt', 'log'].map(
  (name) => `staged.${name}`,
)
let root: pg.Client

beforeAll(async () => {
  root = new pg.Client({ connectionString: place.database.superUrl })
  await root.connect()
  await place.chain.request('anvil_mine', ['0x82'])
  await place.chain.addBlocks(50)
})
const empty = () =>
  root.query(`TRUNCATE ${[...ledgerTables.map((name) => `"${name}"`), ...stagedTables].join(', ')}`)
beforeEach(empty)
afterAll(() => root?.end())

const source = (): Source => ({ rpc: place.rpc, ...place.config })
const claim = (lapses = lapsesMs) => takeClaim(place.pool, place.config.id, 'test', lapses)
const stageIt = (taken: Claim, { pool = place.pool, from = source() } = {}) =>
  stage({ pool, source: from, config: place.config }, taken, lapsesMs)
const ask = async (text: string) => (await root.query(text)).rows
const blocksIn = async (table: string) =>
  (await ask(`SELECT number::int AS n FROM ${table} ORDER BY 1`)).map(({ n }) => n as number)
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

/** The writer of the ledger, with what it refuses of what was staged. */
async function lead() {
  const refused: string[] = []
  const onRefused = (error: unknown) => void refused.push(String((error as { code?: unknown }).code ?? error))
  return { session: { ...(await open()), sharing: { ...sharing, onRefused } }, refused }
}

/** Ranges from one block to another, both inclusive, claimed and staged. */
async function stageAll(first: bigint, last: bigint) {
  await insertRanges(place.pool, place.config.id, first, last, sharing.size)
  for (let each = await claim(); each; each = await claim()) await stageIt(each)
}

test('of a long backfill each worker fetches a part, and the whole is what one alone would write', async () => {
  // The leader's node is slow to say what is in a block, the others' is not.
  place.node.when({ method: 'eth_getBlockReceipts' }, { delayMs: 1500 })
  const leader = follow({ sharing })
  await until(() => hasRanges(place.pool, place.config.id))
  const quick = () => createUpstreams([{ url: other.node.rpcUrl }])
  const helpers = [follow({ rpc: quick(), sharing }), follow({ rpc: quick(), sharing })]
  await until(leader.isLevel, 60)
  await Promise.all([leader, ...helpers].map(({ stop }) => stop()))
  for (const { said } of helpers) expect([said('range staged'), said('indexing')]).toEqual([true, false])
  const taken = Number(leader.lines.find(({ message }) => message === 'caught up')!.staged)
  expect(taken).toBeGreaterThanOrEqual(80)
  expect(taken).toBeLessThan(Number(await head()))
  for (const table of stagedTables) expect(await ask(`SELECT FROM ${table}`)).toEqual([])
  expect(await differences()).toEqual([])
}, 120_000)

test('offered is what is final, a range ahead of the leader, so much at a time, and nothing where nobody knows', async () => {
  const { session } = await lead()
  const offered = async (finality: Finality) => {
    await root.query('TRUNCATE staged.backfill_range')
    const shared = await shareBackfill({ ...session, config: { finality } }, await head())
    expect(await shared!.take(1n, 20n)).toBeUndefined()
    return (await ask('SELECT from_block::int AS at FROM staged.backfill_range ORDER BY 1')).map(
      ({ at }) => at,
    )
  }
  expect(await offered(0)).toEqual([80, 120, 160, 200])
  expect(await offered(Number(await head()) - 198)).toEqual([80, 120])
  const final = await place.chain.request('eth_getBlockByNumber', ['0xc7', false])
  place.node.tell((_, [block]) => (block === 'finalized' ? final : undefined))
  expect(await offered('finalized')).toEqual([80, 120, 160])
  place.node.tell((_, [block]) => (block === 'finalized' ? null : undefined))
  expect(await offered('finalized')).toEqual([])
})

/** A node that says nothing about a block until it is let. */
function waitFor(block: bigint) {
  const [asked, answer] = [createGate(), createGate()]
  const batch: Source['rpc']['batch'] = async (calls) => {
    if (calls.some(({ params }) => params?.[0] === `0x${block.toString(16)}`)) {
      asked.open()
      await answer.opened
    }
    return place.rpc.batch(calls)
  }
  return { from: { ...source(), rpc: { ...place.rpc, batch } }, asked: asked.opened, answer: answer.open }
}

function createGate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('who wakes after another took its range writes nothing, before and after the other has staged it', async () => {
  const { session } = await lead()
  await insertRanges(place.pool, place.config.id, 40n, 79n, sharing.size)
  const [early, late] = [waitFor(65n), waitFor(65n)]
  const stopped: Promise<unknown>[] = []
  for (const each of [early, late]) {
    stopped.push(stageIt((await claim(0))!, { from: each.from }).catch((error) => error))
    await each.asked
    await until(async () => (await blocksIn('staged.block')).length === 20)
  }
  const taken = (await claim(0))!
  expect(taken).toMatchObject({ from: 60n, to: 79n })
  expect(await claim()).toBeUndefined()
  early.answer()
  expect(await stopped[0]).toMatchObject({ code: 'fenced' })
  expect(await blocksIn('staged.block')).toEqual(upTo(40, 59))
  await stageIt(taken)
  late.answer()
  expect(await stopped[1]).toMatchObject({ code: 'fenced' })
  expect(await blocksIn('staged.block')).toEqual(upTo(40, 79))
  expect(await catchUp(session, await head())).toBe(40n)
  expect(await differences()).toEqual([])
})

test('the leader waits for no claimant: not for a silent one, nor for one that is stopped with a lock in its hand', async () => {
  const { session } = await lead()
  await insertRanges(place.pool, place.config.id, 40n, 199n, sharing.size)
  const silent = (await claim())!
  const [held] = await Promise.all([place.pool.connect(), claim(), claim()])
  await held.query('BEGIN; SELECT FROM staged.backfill_range WHERE from_block = 80 FOR UPDATE')
  const later = (await claim())!
  await stageIt(later)
  expect(later.from).toBe(160n)
  expect(await catchUp(session, await head())).toBe(40n)
  await held.query('ROLLBACK')
  held.release()
  await expect(stageIt(silent)).rejects.toMatchObject({ code: 'fenced' })
  expect(await blocksIn('staged.block')).toEqual([])
  expect(await differences()).toEqual([])
})

test('whoever is stopped in the midst of staging loses its connection, and with it what it held', async () => {
  await open()
  await insertRanges(place.pool, place.config.id, 40n, 79n, sharing.size)
  const [reached, go] = [createGate(), createGate()]
  const connect = async () => {
    const client = await place.pool.connect()
    const query = async (...args: unknown[]) => {
      if (/INSERT INTO "block"/.test((args[0] as { text: string }).text)) {
        reached.open()
        await go.opened
      }
      return (client.query as (...args: unknown[]) => unknown)(...args)
    }
    const [on, off] = [client.on.bind(client), client.off.bind(client)]
    return { query, on, off, release: client.release.bind(client) }
  }
  const taken = (await claim())!
  const options = { pool: { connect } as unknown as pg.Pool, source: source(), config: place.config }
  const stopped = stage(options, taken, 500).catch((error: unknown) => error)
  await reached.opened
  expect(await claim(0)).toBeUndefined()
  let next: Claim | undefined
  await until(async () => {
    next = await claim(0)
    return next
  })
  await stageIt(next!)
  go.open()
  expect(String(await stopped)).toMatch(/terminat|closed|not queryable/i)
  expect(await blocksIn('staged.block')).toEqual(upTo(40, 79))
})

test('a connection that breaks at any statement leaves what is staged whole, and the next goes on from there', async () => {
  const { session, refused } = await lead()
  await insertRanges(place.pool, place.config.id, 40n, 79n, sharing.size)
  let statement = 0
  for (let done = false; !done; statement += 1) {
    const taken = (await claim(0))!
    const pool = breakingPool(place.pool, statement)
    done = await stageIt(taken, { pool }).catch((error: Error) => {
      expect(error.message).toContain('broken on purpose')
      return false
    })
    const [range] = await ask('SELECT staged_to::int AS to FROM staged.backfill_range')
    expect(await blocksIn('staged.block')).toEqual(upTo(40, range.to))
    const parts =
      'SELECT (SELECT count(*) FROM staged.transaction) = (SELECT count(*) FROM staged.receipt) AS whole'
    expect(await ask(parts)).toEqual([{ whole: true }])
  }
  expect(statement).toBeGreaterThan(5)
  expect([await catchUp(session, await head()), refused]).toEqual([40n, []])
  expect(await differences()).toEqual([])
})

/** Another block in the place of one that is staged, whole in itself: only its neighbours and nodes can tell. */
async function forge(number: number): Promise<string> {
  const [{ header, hash }] = await ask(`SELECT header, hash FROM staged.block WHERE number = ${number}`)
  const block = { ...header, hash, extraData: '0x666f72676564' }
  const forged = hashHeader(decodeHeader(block), 'plain')
  return `UPDATE staged.block SET hash = '${forged}', header = jsonb_set(header, '{extraData}', '"0x666f72676564"')
    WHERE number = ${number}`
}

test('what was staged and changed since is refused, and fetched', async () => {
  const first = 'WHERE block_number = (SELECT min(block_number) FROM staged.transaction)'
  const changes: [string | (() => Promise<string>), RegExp][] = [
    [
      "UPDATE staged.log SET data = data || '00' WHERE ctid = (SELECT min(ctid) FROM staged.log)",
      /receipts-root/,
    ],
    [
      `UPDATE staged.transaction SET "from" = '0x' || repeat('7', 40) WHERE block_number < 60`,
      /sender-mismatch/,
    ],
    ['DELETE FROM staged.block WHERE number = 45', /block-missing/],
    ["UPDATE staged.block SET header = 'null' WHERE number = 50", /bad-shape/],
    ["UPDATE staged.block SET header = header - 'stateRoot' WHERE number = 50", /bad-shape/],
    [
      `UPDATE staged.transaction SET signed = NULL, type = NULL, "from" = '0x' || repeat('7', 40), value = 7 ${first}`,
      /stored-mismatch/,
    ],
    [
      `UPDATE staged.transaction SET signed = NULL, type = NULL, hash = '0x' || md5(hash) || md5(hash) ${first}`,
      /stored-mismatch/,
    ],
    [`UPDATE staged.transaction SET signed = NULL ${first}`, /stored-mismatch/],
    [
      `UPDATE staged.log SET data = substr(data, 1, length(data) - 1) WHERE data <> '0x'
      AND block_number = (SELECT min(block_number) FROM staged.log)`,
      /bad-shape/,
    ],
    ['UPDATE staged.block SET parent_hash = hash WHERE number = 45', /stored-mismatch/],
    [() => forge(45), /parent-mismatch/],
    [() => forge(79), /stored-mismatch/],
  ]
  for (const [change, code] of changes) {
    await empty()
    const { session, refused } = await lead()
    await stageAll(40n, 119n)
    await root.query(typeof change === 'string' ? change : await change())
    const taken = await catchUp(session, 125n)
    expect(refused).toEqual([expect.stringMatching(code)])
    expect([40n, 60n]).toContain(taken) // the range's other half may have been read before
    expect(await ask('SELECT hash FROM block ORDER BY number DESC LIMIT 1')).toEqual([
      { hash: session.cursor.hash },
    ])
  }
  expect(await differences()).toEqual([])
}, 120_000)

const upper = (...columns: string[]) =>
  columns.map((column) => `${column} = '0x' || upper(substr(${column}, 3))`).join(', ')

test.each([
  `UPDATE staged.log SET ${upper('data')}`,
  `UPDATE staged.log SET ${upper('address', 'topic0', 'topic1')}`,
  `UPDATE staged.transaction SET ${upper('input')}`,
  `UPDATE staged.transaction SET ${upper('hash', '"from"', '"to"')}`,
  `UPDATE staged.block SET ${upper('hash', 'parent_hash')}`,
  `UPDATE staged.block SET header = header || '{"junk": "0x00"}'`,
  `UPDATE staged.block SET header = header || jsonb_build_object('stateRoot',
     '0x' || upper(substr(header->>'stateRoot', 3)))`,
])(
  'what says the same in another spelling, or more beside it, is written as nodes say it: %s',
  async (change) => {
    const { session, refused } = await lead()
    await stageAll(40n, 119n)
    await root.query(change)
    expect([await catchUp(session, await head()), refused]).toEqual([80n, []])
    expect(await differences()).toEqual([])
  },
)

test('of blocks that the chain has no more nothing is taken', async () => {
  const { session, refused } = await lead()
  await stageAll(240n, 279n)
  await place.chain.reorganise(45)
  expect(await catchUp(session, await head())).toBeLessThan(40n)
  expect(refused).toHaveLength(1)
  expect(await differences()).toEqual([])
})
