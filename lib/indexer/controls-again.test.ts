import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { controlledIndexForThisFile } from '../../test/controlled-index'
import {
  changeRules,
  changeStandings,
  deputise,
  freezeAndPause,
  release,
  takeAmounts,
} from '../../test/controlled-story'
import { findPosition } from '../../test/positions'
import { createRpc } from '../chain/rpc'
import { discardAfter } from './commit'
import { chainConfigOf } from './config'
import { reconcile } from './reconcile'
import { compareWithReindex, isSame } from './reindex'
import { catchUp } from './sync'

// Every control there is, one after the other; then what the index made of it is doubted.

const { opened, rows, index } = controlledIndexForThisFile()

beforeAll(async () => {
  const { ledger } = opened()
  for (const part of [freezeAndPause, takeAmounts, changeStandings, changeRules, deputise]) await part(ledger)
  await index()
}, 60_000)

test('the reconciliation finds nothing, and then what somebody changed', async () => {
  const { ledger, pool, session, database } = opened()
  const { chain, deployment } = ledger
  const run = async () => {
    await reconcile(pool, createRpc(chain.rpcUrl), chain.chainId, chainConfigOf(deployment, 64).watch)
    const [last] = await rows('SELECT mismatches FROM reconciliation ORDER BY id DESC LIMIT 1')
    return last.mismatches.map(({ what }: { what: string }) => what).sort()
  }
  expect(await run()).toEqual([])
  const root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  await root.query(`BEGIN; UPDATE frozen_amount SET amount = amount + 1; UPDATE "freeze" SET until = now() WHERE frozen;
    UPDATE pause SET paused = true; UPDATE identity SET flagged = NOT flagged; COMMIT`)
  const found = new Set(await run())
  expect([...found]).toEqual(['KYC standing', 'frozen amount', 'frozen until', 'paused until'])
  await root.end()
  // Mended by what the facts say.
  const { number } = session.cursor
  await discardAfter(session.writer, session.cursor, await findPosition(pool, chain.chainId, 1n), number)
  session.cursor = { ...session.cursor, ...(await findPosition(pool, chain.chainId, 1n)) }
  await catchUp(session, number)
  expect(await run()).toEqual([])
}, 60_000)

test('taken back to any block and read again, or read afresh, it is the same', async () => {
  const { ledger, pool, session, database } = opened()
  const { chain, deployment } = ledger
  await release(ledger)
  await index()
  const head = session.cursor.number
  const compare = async () => {
    const rpc = createRpc(chain.rpcUrl)
    const { comparisons } = await compareWithReindex(
      pool,
      database.ownerUrl,
      rpc,
      chainConfigOf(deployment, 64),
    )
    return comparisons.filter((comparison) => !isSame(comparison)).map(({ table }) => table)
  }
  for (const back of [3n, 9n, 17n]) {
    const to = await findPosition(pool, chain.chainId, head - back)
    await discardAfter(session.writer, session.cursor, to, head)
    session.cursor = { ...session.cursor, ...to }
    expect(await compare(), `down to ${to.number}`).toEqual([])
    await catchUp(session, head)
  }
  expect(await compare()).toEqual([])
}, 120_000)
