import pg from 'pg'
import { expect, test } from 'vitest'
import { setUpIndexing } from '../../test/indexing'
import { findPosition } from '../../test/positions'
import { createRandom } from '../../test/random'
import { ledgerTables } from '../db/ledger/digest'
import { discardAfter } from './commit'
import { catchUp } from './sync'

// discardAfter is the reverse of writing: whatever is taken back, the rest is as if it had never been read.

const { place, index, differences } = setUpIndexing({ seed: 41, blocks: 150, finality: 200 })

test('the history fills every table', async () => {
  await index()
  for (const table of ledgerTables) {
    const { rows } = await place.pool.query(`SELECT count(*)::int AS rows FROM "${table}"`)
    expect(rows[0].rows, table).toBeGreaterThan(0)
  }
})

test('after taking back any number of blocks the tables equal a clean index up to there', async () => {
  const random = createRandom(42)
  const session = await index()
  const head = session.cursor.number
  for (let round = 0; round < 12; round++) {
    const to = await findPosition(
      place.pool,
      place.config.id,
      1n + BigInt(random.below(Number(session.cursor.number) - 1)),
    )
    await discardAfter(session.writer, session.cursor, to, head)
    session.cursor = { ...session.cursor, ...to }
    expect(await differences(), `down to ${to.number}`).toEqual([])
    // Now and then all the way up again, so that what was taken back is written a second time.
    const up = random.chance(0.5) ? head : to.number + BigInt(random.below(Number(head - to.number) + 1))
    await catchUp(session, up)
  }
  await catchUp(session, head)
  expect(await differences()).toEqual([])
})

// A comparison that cannot fail proves nothing: every table is broken once, and found.
test.each([
  ['transfer', 'UPDATE transfer SET amount = amount + 1 WHERE ctid = (SELECT max(ctid) FROM transfer)'],
  ['balance', 'UPDATE balance SET amount = amount + 1 WHERE ctid = (SELECT max(ctid) FROM balance)'],
  ['flow', 'UPDATE flow SET value = value + 1 WHERE ctid = (SELECT max(ctid) FROM flow)'],
  [
    'identity',
    "UPDATE identity SET evidence = '0x' || repeat('5', 64) WHERE ctid = (SELECT max(ctid) FROM identity)",
  ],
  ['policy_limit', 'DELETE FROM policy_limit WHERE ctid = (SELECT max(ctid) FROM policy_limit)'],
  [
    'refused_transfer',
    "UPDATE refused_transfer SET subject = '8' WHERE ctid = (SELECT max(ctid) FROM refused_transfer)",
  ],
  ['log', "UPDATE log SET data = data || '00' WHERE ctid = (SELECT max(ctid) FROM log)"],
])('one row of %s changed behind our back is found', async (table, statement) => {
  const client = new pg.Client({ connectionString: place.database.superUrl })
  await client.connect()
  await client.query('BEGIN')
  const { rows } = await client.query(`SELECT * FROM "${table}"`)
  await client.query(statement)
  await client.query('COMMIT')
  expect((await differences()).map((line) => line.split(':')[0])).toEqual([table])
  await client.query(`TRUNCATE "${table}"`)
  const columns = Object.keys(rows[0])
  for (const row of rows) {
    const values = columns.map((column) => row[column])
    const places = columns.map((_, at) => `$${at + 1}`)
    await client.query(
      `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`)}) VALUES (${places})`,
      values,
    )
  }
  await client.end()
  expect(await differences()).toEqual([])
})
