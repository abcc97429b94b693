import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUpIndexing } from '../../test/indexing'
import { rangeSize } from '../db/ledger/digest'
import { compareWithReindex } from './reindex'
import { firstDifference, linesOf, wordsOf } from './twin'

// The twin derives the ledger again and says where the two part: which table, which range, which block, which rows.

const { place, index } = setUpIndexing({ seed: 17, blocks: 90 })
let root: pg.Client

beforeAll(async () => {
  await index()
  root = new pg.Client({ connectionString: place.database.superUrl })
  await root.connect()
})
afterAll(() => root?.end())

async function look() {
  const { pool, database, rpc, config } = place
  const { comparisons } = await compareWithReindex(pool, database.ownerUrl, rpc, config)
  const first = firstDifference(comparisons)
  return {
    words: comparisons.filter(({ difference }) => difference).flatMap(linesOf),
    first: first && `${first.table} ${wordsOf(first.difference!.blocks)}`,
  }
}

/** The last block, above 64, in which a table has a row: found in two steps. */
const lastBlock = async (table: string): Promise<string> =>
  (await root.query(`SELECT max(block_number) AS number FROM "${table}" WHERE block_number > 64`)).rows[0]
    .number

test('one changed row: its table, its range, its block, and both rows', async () => {
  expect(await look()).toEqual({ words: [], first: undefined })
  const block = await lastBlock('transfer')
  const one = `WHERE block_number = ${block} AND log_index = (SELECT min(log_index) FROM transfer WHERE block_number = ${block})`
  await root.query(`UPDATE transfer SET amount = amount + 1 ${one}`)
  const { words, first } = await look()
  await root.query(`UPDATE transfer SET amount = amount - 1 ${one}`)
  expect(first).toBe(`transfer ${block}`)
  expect(words).toHaveLength(6)
  expect(words[1]).toContain('DIFFERENT')
  expect(words[2]).toContain(`in 1 of the ranges of ${rangeSize} blocks; the first is 0 to 4095`)
  expect(words[3]).toBe(`  parts at block ${block}`)
  expect(words.slice(4).map((line) => line.slice(0, 13))).toEqual(['  only live: ', '  only clean:'])
  expect(words[4]).toContain(`,${block},`)
})

test('sums of hours are told by the blocks of the hour', async () => {
  const { rows } = await root.query('SELECT min(number)::text, max(number)::text FROM block')
  await root.query('UPDATE activity SET settled = settled + 1 WHERE hours = 1')
  const { first } = await look()
  await root.query('UPDATE activity SET settled = settled - 1 WHERE hours = 1')
  const [, from, to] = first!.match(/^activity (\d+)(?: to (\d+))?$/)!
  expect(Number(from)).toBeGreaterThanOrEqual(Number(rows[0].min))
  expect(Number(to ?? from)).toBeLessThanOrEqual(Number(rows[0].max))
})

// Last, for nothing mends it.
test('of several tables the first is that which parts at the lowest block', async () => {
  const { rows } = await root.query('SELECT min(block_number) AS number FROM log WHERE block_number > 64')
  await root.query('DELETE FROM log WHERE block_number = $1', [rows[0].number])
  await root.query('UPDATE transfer SET amount = 7 WHERE block_number = $1', [await lastBlock('transfer')])
  const { words, first } = await look()
  expect(first).toBe(`log ${rows[0].number}`)
  expect(words.filter((line) => /^(log|transfer) /.test(line))).toHaveLength(2)
})
