import type { Pool } from 'pg'
import type { Rpc } from '../chain/rpc'
import { type Cursor, findCursor } from '../db/ledger/chain'
import {
  insertReconciliation,
  isCompleteDue,
  type Mismatch,
  replaceIneligibleHolders,
  type Scope,
} from '../db/ledger/reconciliation'
import { inTransaction } from '../db/ledger/transaction'
import { listWatched } from '../db/ledger/watched-instrument'
import { askPauses } from './reconcile/controls'
import { settleControls } from './reconcile/foreign'
import { findIneligibleHolders } from './reconcile/holders'
import { askPage, askSample, firstPlaces, type Places } from './reconcile/pages'
import { findMismatches, type Question } from './reconcile/question'
import { askRoles, compareSupplies } from './reconcile/values'
import { stillFollowed, type Watch, watchWith } from './watch'
import type { Job } from './worker/jobs'
import type { Log } from './worker/pager'

const completeEveryHours = 6
/** Blocks that the index may lag behind and still be compared. */
const mostBehind = 20

/** A sample each minute; every value each few hours, and each minute while there is doubt. */
export function reconcileJob(pool: Pool, rpc: Rpc, chainId: number, watch: Watch, log: Log): Job {
  const run = async (signal: AbortSignal) => {
    const isDue = await isCompleteDue(pool, chainId, completeEveryHours)
    await reconcile(pool, rpc, chainId, watch, isDue ? 'complete' : 'sample', signal)
    await settleControls(pool, rpc, chainId, log)
  }
  return { name: 'reconcile', everyMs: 60_000, run }
}

/**
 * Re-reads the ledger from the chain and keeps the comparison. Each page of values is read in one snapshot of the
 * database and asked of the chain at the hash of that snapshot's block. Nothing is kept if the index is filling up, or
 * if the chain takes the block back meanwhile: then there is nothing to compare.
 */
export async function reconcile(
  pool: Pool,
  rpc: Rpc,
  chainId: number,
  watch: Watch,
  scope: Scope = 'sample',
  signal?: AbortSignal,
): Promise<void> {
  const mismatches: Mismatch[] = []
  let checked = 0
  let places = scope === 'complete' ? firstPlaces : undefined
  for (let isFirst = true; ; isFirst = false) {
    const page = await readPage(pool, chainId, watch, places, isFirst)
    if (!page || signal?.aborted || (await isFillingUp(rpc, page.cursor))) return
    const { cursor, asked, next } = page
    const found = await unlessTakenBack(rpc, cursor, () => findMismatches(rpc, cursor.hash, asked))
    if (!found) return
    mismatches.push(...page.mismatches, ...found)
    checked += asked.length
    places = next
    if (Object.keys(next).length > 0) continue
    const { number: blockNumber, hash: blockHash } = cursor
    await insertReconciliation(pool, chainId, { scope, blockNumber, blockHash, checked, mismatches })
    if (scope === 'complete') await reviewHolders(pool, rpc, chainId, cursor, watch)
    return
  }
}

type Page = { cursor: Cursor; asked: Question[]; mismatches: Mismatch[]; next: Places }

/**
 * What is few is asked whole and once; of the rest a page beyond each of `places`, or a sample. Of instruments of others
 * those that are followed at this moment: of one that was let go the ledger says how it stood then.
 */
async function readPage(
  pool: Pool,
  chainId: number,
  configured: Watch,
  places: Places | undefined,
  isFirst: boolean,
): Promise<Page | undefined> {
  return inTransaction(pool, async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    const cursor = await findCursor(sql, chainId)
    if (!cursor) return undefined
    const watch = stillFollowed(watchWith(configured, await listWatched(sql, chainId, 'live')))
    const page = places
      ? await askPage(sql, chainId, cursor, watch, places)
      : { asked: await askSample(sql, chainId, cursor, watch), next: {} }
    if (!isFirst) return { cursor, mismatches: [], ...page }
    const supplies = await compareSupplies(sql, chainId, watch)
    const roles = watch.roles ? await askRoles(sql, chainId, watch.roles) : []
    const asked = [...supplies.asked, ...(await askPauses(sql, chainId)), ...roles, ...page.asked]
    return { cursor, asked, mismatches: supplies.mismatches, next: page.next }
  })
}

const isFillingUp = async (rpc: Rpc, cursor: Cursor) =>
  Number(await rpc.call('eth_blockNumber')) - Number(cursor.number) > mostBehind

/** A chain that rolled back has nothing at the pinned block: the next run has another, and there is no fault. */
async function unlessTakenBack<T>(rpc: Rpc, at: Cursor, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if ((await rpc.call('eth_getBlockByHash', at.hash, false)) === null) return undefined
    throw error
  }
}

async function reviewHolders(pool: Pool, rpc: Rpc, chainId: number, at: Cursor, { registry }: Watch) {
  if (!registry) return
  const find = () => findIneligibleHolders(pool, rpc, chainId, at, registry)
  const holders = await unlessTakenBack(rpc, at, find)
  if (holders) await inTransaction(pool, (sql) => replaceIneligibleHolders(sql, chainId, holders))
}
