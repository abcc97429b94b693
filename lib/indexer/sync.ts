import type { Pool } from 'pg'
import type { Hex } from 'viem'
import type { Rpc } from '../chain/rpc'
import { upstreamsOf } from '../chain/upstreams'
import {
  type Cursor,
  type Finality,
  findChain,
  findCursor,
  insertChain,
  type Position,
  takeEpoch,
  updateFinality,
} from '../db/ledger/chain'
import { upsertInstruments } from '../db/ledger/instrument'
import { makeRoom } from '../db/ledger/partition'
import { inTransaction } from '../db/ledger/transaction'
import { listWatched } from '../db/ledger/watched-instrument'
import { Fault } from '../errors/fault'
import { type Batch, commitBatch, discardAfter, prepareBatch, type Writer } from './commit'
import { fetchHeader, type Source } from './fetch/blocks'
import { createRangeSize, fetchLinked, fetchRange, inPieces, type RangeSize, rowsOf } from './fetch/ranges'
import { type Sharing, shareBackfill } from './fetch/staged'
import { walkValidators } from './fetch/walk-validators'
import type { VerifiedBlock } from './reducer'
import { findAncestor } from './reorg'
import { verifyLink } from './verify/block'
import type { Verification } from './verify/rules'
import { type Watch, watchWith } from './watch'

export type ChainConfig = {
  id: number
  /**
   * Blocks below the verified head at which a block counts as final, or `finalized`: what the nodes take for final.
   * Under it nothing is ever taken back automatically.
   */
  finality: Finality
  /** First block to index; at least 1. */
  startBlock: bigint
  verification: Verification
  watch: Watch
  /** Pinned; without one the first genesis seen is pinned in the database. */
  genesisHash?: Hex
}

export type Session = {
  source: Source
  writer: Writer
  config: ChainConfig
  cursor: Cursor
  ranges: RangeSize
  /** The first block for which the tables have no range yet. */
  room: bigint
  /** Made of every node before it is believed. */
  check: (one: Rpc) => Promise<unknown>
  /** Of the live ledger's writer: other workers may fetch for it. */
  sharing?: Sharing
}

/** Rows after which a batch is written: few at first, so that progress shows and is kept at once, then twice as many. */
const [firstBatchRows, mostBatchRows] = [400, 12_800]
/** A gap of so few blocks is live traffic: every block gets its own transaction, and readers see each. */
const liveGap = 12n

/** Refuses a node of another chain. To be asked whenever a connection is new. */
export async function checkChain(pool: Pool, rpc: Rpc, config: ChainConfig): Promise<Hex> {
  const id = await rpc.call('eth_chainId')
  if (typeof id !== 'string' || BigInt(id) !== BigInt(config.id)) {
    throw new Fault('wrong-chain', `The node is of chain ${String(id)}, configured is ${config.id}`)
  }
  const genesis = await fetchHeader(rpc, 0n, config.verification)
  const pinned = config.genesisHash ?? (await findChain(pool, config.id))?.genesisHash
  if (pinned !== undefined && pinned !== genesis.hash) {
    throw new Fault('wrong-genesis', `The node's genesis is ${genesis.hash}, pinned is ${pinned}`)
  }
  return genesis.hash
}

/**
 * Checks the node, registers the chain if it is new, and makes this process its writer. Watched is what the
 * configuration names and what somebody added; a re-index beside the live ledger, which is not announced, is given both.
 */
export async function openSession(
  pool: Pool,
  given: Source,
  configured: ChainConfig,
  { announce = true }: { announce?: boolean } = {},
): Promise<Session> {
  const check = (one: Rpc) => checkChain(pool, one, configured)
  const upstreams = upstreamsOf(given.rpc)
  const genesisHash = await upstreams.attempt(check)
  const { id, finality, startBlock } = configured
  if (!(await findCursor(pool, id))) {
    const first = await upstreams.attempt((one) => fetchFirst({ ...given, rpc: one }, configured))
    const before = { number: startBlock - 1n, hash: first.parentHash, time: first.time }
    await inTransaction(pool, (sql) => insertChain(sql, { id, genesisHash, finality, startBlock }, before))
  }
  const { epoch, watch } = await inTransaction(pool, async (sql) => {
    await updateFinality(sql, id, finality)
    await upsertInstruments(sql, id, [...configured.watch.instruments.values()])
    const epoch = await takeEpoch(sql, id)
    // After that: what an earlier writer took up it has by now, and can take up nothing more.
    const added = announce ? await listWatched(sql, id, 'live') : []
    return { epoch, watch: watchWith(configured.watch, added) }
  })
  const cursor = (await findCursor(pool, id))!
  const config = { ...configured, watch }
  const source = { ...given, watch }
  const writer = { pool, chainId: id, epoch, watch, announce }
  const room = await makeRoom(pool, id, cursor.number + 1n, cursor.number + 1n)
  return { source, writer, config, cursor, ranges: createRangeSize(), room, check }
}

/** The header of the first block; on a chain whose validators vouch for it, once it is known who they were. */
async function fetchFirst(source: Source, { startBlock, verification }: ChainConfig) {
  if (verification.consensus === 'qbft') await walkValidators(source, startBlock - 1n)
  return fetchHeader(source.rpc, startBlock, verification)
}

/**
 * Writes everything up to `head`, inclusive. Ranges are fetched side by side and written in order; while one batch is
 * written, the next is made ready. What others have staged of a long gap need not be fetched.
 * @returns How many blocks they had.
 */
export async function catchUp(session: Session, head: bigint, signal?: AbortSignal): Promise<bigint> {
  const { source, ranges, check } = session
  const live = head - session.cursor.number <= liveGap
  const shared = live ? undefined : await shareBackfill(session, head)
  const lastOf = (first: bigint) =>
    shared?.cut(first, first + ranges.blocks - 1n) ?? first + ranges.blocks - 1n
  const fetch = async (first: bigint, last: bigint) =>
    (await shared?.take(first, last)) ?? fetchRange(source, first, last, ranges, check)
  let before: Position = session.cursor
  let batch: VerifiedBlock[] = []
  let batchRows = firstBatchRows
  let writing = Promise.resolve()
  try {
    const whole = { from: session.cursor.number + 1n, to: head, lastOf, signal }
    for await (const piece of inPieces(whole, fetch)) {
      batch.push(...(await linked(session, batch.at(-1)?.header ?? before, piece)))
      const isLast = batch.at(-1)!.header.number === head
      if (!live && !isLast && rowsOf(batch) < batchRows) continue
      const prepared: Batch[] = []
      for (const blocks of live ? batch.map((block) => [block]) : [batch]) {
        prepared.push(prepareBatch(session.writer, before, blocks))
        before = prepared.at(-1)!.last
      }
      await writing
      writing = writeAll(session, prepared, head)
      writing.catch(() => {}) // awaited before the next, and at the end
      batch = []
      batchRows = Math.min(batchRows * 2, mostBatchRows)
    }
  } finally {
    await writing
  }
  await shared?.end()
  return shared?.taken() ?? 0n
}

/** Ranges may be of different nodes. One that does not follow is asked for again of all, until one does. */
async function linked(
  { source, check }: Session,
  before: { hash: string; time: bigint },
  range: VerifiedBlock[],
): Promise<VerifiedBlock[]> {
  const [first, last] = [range[0]!.header, range.at(-1)!.header]
  if (first.parentHash === before.hash) {
    verifyLink(before, first)
    return range
  }
  return fetchLinked(source, first.number, last.number, check, before)
}

async function writeAll(session: Session, batches: readonly Batch[], head: bigint): Promise<void> {
  const { pool, chainId } = session.writer
  for (const batch of batches) {
    const last = batch.last.number
    if (last >= session.room) session.room = await makeRoom(pool, chainId, batch.from.number + 1n, last)
    const position = await commitBatch(session.writer, batch, head)
    const { verifiedHead: before } = session.cursor
    // biome-ignore lint/complexity/useMathMinMax: these are bigints
    const verifiedHead = before > position.number ? before : position.number
    session.cursor = { ...session.cursor, ...position, verifiedHead, nodeHead: head, haltReason: null }
  }
}

/** Takes back what the nodes' chain no longer has. @return How many blocks that were. */
export async function resolveReorg(session: Session): Promise<bigint> {
  const { source, writer, config, cursor, check } = session
  const find = async (one: Rpc) => {
    const head = await fetchHeader(one, 'latest', config.verification)
    return { head, ancestor: await findAncestor(writer.pool, one, config, cursor, head.number) }
  }
  const { head, ancestor } = await upstreamsOf(source.rpc).attempt(find, { check })
  if (ancestor.number === cursor.number) return 0n
  await discardAfter(writer, cursor, ancestor, head.number)
  session.cursor = { ...cursor, ...ancestor, nodeHead: head.number, haltReason: null }
  return cursor.number - ancestor.number
}
