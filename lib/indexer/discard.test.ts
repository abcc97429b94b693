import pg from 'pg'
import { expect, test } from 'vitest'
import { setUpIndexing } from '../../test/indexing'
import { findPosition } from '../../test/positions'
import { createRandom } from '../../test/random'
import { ledgerTables } from '../db/ledger/digest'
import { discardAfter } from './commit'
import { catchUp } from './sync'

// discardAfter is the reverse of writing: whatever is taken back, the rest is as if it had never been read.

const { place, index, differences } = setUpIndexing({ seed: 41, blocks: 110, finality: 200 })

test('the history fills every table', async () => {
  await index()
  for (const table of ledgerTables) {
    const { rows } = await place.pool.query(`SELECT count(*)::int AS rows FROM "${table}"`)
    expect(rows[0].rows, table).toBeGreaterThan(0)
  }
})

test('after taking back any number of blocks the tables equal a clean index up to there', {
  timeout: 180_000,
}, async () => {
  const random = createRandom(42)
  const session = await index()
  const head = session.cursor.number
  for (let round = 0; round < 6; round++) {
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

// A comparison that cannot fail proves nothing: tables are broken once, and found. Last, for nothing mends them.
test('one row changed behind our back is found, in each table that it is changed in', async () => {
  const one = (table: string) => `WHERE ctid = (SELECT max(ctid) FROM "${table}")`
  const client = new pg.Client({ connectionString: place.database.superUrl })
  await client.connect()
  await client.query(`UPDATE log SET data = data || '00' ${one('log')}`)
  await client.query(`UPDATE identity SET evidence = '0x' || repeat('5', 64) ${one('identity')}`)
  await client.query(`UPDATE transfer SET amount = amount + 1 ${one('transfer')}`)
  await client.query(`UPDATE refused_transfer SET subject = '8' ${one('refused_transfer')}`)
  await client.query(`UPDATE screening SET flagged = NOT flagged ${one('screening')}`)
  await client.query(`UPDATE frozen_amount SET amount = amount + 1 ${one('frozen_amount')}`)
  await client.query(`DELETE FROM measure ${one('measure')}`)
  await client.query(`UPDATE upgrade SET version = 'other' ${one('upgrade')}`)
  await client.query(`UPDATE activity SET amount = amount + 1 ${one('activity')}`)
  await client.query(`UPDATE balance SET amount = amount + 1 ${one('balance')}`)
  await client.query(`UPDATE holding SET holders = holders + 1, amount = amount + 1 ${one('holding')}`)
  await client.query(`DELETE FROM policy_limit ${one('policy_limit')}`)
  await client.query(`UPDATE flow SET value = value + 1 ${one('flow')}`)
  await client.query(`DELETE FROM limit_use ${one('limit_use')}`)
  await client.end()
  const broken = [
    ...[
      'log',
      'identity',
      'screening',
      'transfer',
      'refused_transfer',
      'activity',
      'balance',
      'holding',
      'frozen_amount',
      'measure',
    ],
    ...['policy_limit', 'flow', 'limit_use', 'upgrade'],
  ]
  expect((await differences()).map((line) => line.split(':')[0])).toEqual(broken)
})
