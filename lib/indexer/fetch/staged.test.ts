import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setUpFaults } from '../../../test/faulty'
import { type Claim, insertRanges, takeClaim } from '../../db/ledger/backfill-range'
import { ledgerTables } from '../../db/ledger/digest'
import { Fault } from '../../errors/fault'
import { catchUp, type Session } from '../sync'
import { stage } from '../worker/stage'
import { shareBackfill } from './staged'

// What the leader of a chain makes of ranges and of rows that are not as they should be, and of who is in its way.

const { place, open, differences, head } = setUpFaults({ seed: 83, blocks: 130, finality: 4 })
const [size, lapsesMs] = [40n, 10_000]
let root: pg.Client

beforeAll(async () => {
  root = new pg.Client({ connectionString: place.database.superUrl })
  await root.connect()
  await place.chain.request('anvil_mine', ['0x82'])
})
beforeEach(() => {
  const staged = ['backfill_range', 'block', 'transaction', 'receipt', 'log'].map((name) => `staged.${name}`)
  return root.query(`TRUNCATE ${[...ledgerTables.map((name) => `"${name}"`), ...staged].join(', ')}`)
})
afterAll(() => root?.end())

const ask = async (text: string) => (await root.query(text)).rows
const ranges = async () =>
  (await ask('SELECT from_block::int AS n FROM staged.backfill_range ORDER BY 1')).map(({ n }) => n)
const claim = () => takeClaim(place.pool, place.config.id, 'test', lapsesMs)
const source = () => ({ rpc: place.rpc, ...place.config })
const stageIt = (taken: Claim) =>
  stage({ pool: place.pool, source: source(), config: place.config }, taken, lapsesMs)

async function lead() {
  const refused: string[] = []
  const failed: string[] = []
  const sharing = {
    ...{ size, least: 60n, ahead: 160n },
    onRefused: (error: unknown) => void refused.push(String((error as { code?: unknown }).code ?? error)),
    onFailed: (error: unknown) => void failed.push(String((error as { code?: unknown }).code)),
  }
  const session: Session = { ...(await open()), sharing }
  return { session, refused, failed }
}

async function stageAll(first: bigint, last: bigint) {
  await insertRanges(place.pool, place.config.id, first, last, size)
  for (let each = await claim(); each; each = await claim()) await stageIt(each)
}

test('who no longer leads offers nothing and drops nothing', async () => {
  const { session: former } = await lead()
  const { session } = await lead()
  const late = await shareBackfill(former, await head())
  await insertRanges(place.pool, place.config.id, 40n, 79n, size)
  expect([await late!.take(50n, 60n), await ranges()]).toEqual([undefined, [40]])
  const shared = await shareBackfill(session, await head())
  expect([await shared!.take(50n, 60n), (await ranges())[0]]).toEqual([undefined, 120])
})

test('of what is written nothing is claimed, and nothing staged any more', async () => {
  const { session } = await lead()
  await catchUp({ ...session, sharing: undefined }, 20n)
  await insertRanges(place.pool, place.config.id, 40n, 119n, size)
  const taken = (await claim())!
  await root.query('UPDATE cursor SET number = 119')
  expect(await claim()).toBeUndefined()
  await expect(stageIt(taken)).rejects.toMatchObject({ code: 'fenced' })
  expect(await ask('SELECT FROM staged.block')).toEqual([])
})

test('a node that fails once says nothing about what is staged', async () => {
  const { session, refused } = await lead()
  await stageAll(40n, 119n)
  let failures = 0
  const batch: typeof place.rpc.batch = async (calls) => {
    const isEnds = calls.length === 2 && calls.every(({ params }) => params?.[1] === false)
    if (isEnds && failures++ === 0) throw new Fault('node-timeout', 'It did not answer')
    return place.rpc.batch(calls)
  }
  session.source = { ...session.source, rpc: { ...place.rpc, batch } }
  expect([await catchUp(session, await head()), refused]).toEqual([60n, []])
  expect(failures).toBeGreaterThan(1)
  expect(await differences()).toEqual([])
})

test('what PostgreSQL will not read, or keeps locked, the leader does without', async () => {
  const first = 'WHERE block_number = (SELECT min(block_number) FROM staged.transaction)'
  const changes: [string, RegExp][] = [
    [`UPDATE staged.transaction SET value = 'NaN' ${first}`, /SyntaxError/],
    ["UPDATE staged.block SET time = 'infinity' WHERE number = 45", /22003|0A000/],
  ]
  for (const [change, code] of changes) {
    const { session, refused } = await lead()
    await stageAll(40n, 79n)
    await root.query(change)
    await catchUp(session, await head())
    expect(refused).toEqual([expect.stringMatching(code)])
    expect(await differences()).toEqual([])
    await root.query(`TRUNCATE ${ledgerTables.map((name) => `"${name}"`).join(', ')}`)
  }
  const { session, failed } = await lead()
  await stageAll(40n, 119n)
  await root.query('BEGIN; SELECT FROM staged.block FOR UPDATE')
  await catchUp(session, await head()).finally(() => root.query('ROLLBACK'))
  expect(failed).toContain('55P03')
  expect(await differences()).toEqual([])
}, 60_000)

test('what is to be staged is never written to a table of the same name elsewhere', async () => {
  await lead()
  await insertRanges(place.pool, place.config.id, 40n, 79n, size)
  const taken = (await claim())!
  await root.query('ALTER TABLE staged.log RENAME TO elsewhere')
  await root.query('ALTER TABLE staged.block RENAME TO elsewhere_too')
  const staging = stageIt(taken).catch((error: Error) => error)
  const said = String(await staging)
  await root.query('ALTER TABLE staged.elsewhere RENAME TO log')
  await root.query('ALTER TABLE staged.elsewhere_too RENAME TO block')
  expect(said).toContain('does not exist')
  expect(await ask('SELECT FROM block')).toEqual([])
})
