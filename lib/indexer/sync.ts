import type { Pool } from 'pg'
import type { Hex } from 'viem'
import type { Rpc } from '../chain/rpc'
import {
  type Cursor,
  findChain,
  findCursor,
  insertChain,
  takeEpoch,
  updateFinality,
} from '../db/ledger/chain'
import { listPositions } from '../db/ledger/fact'
import { upsertInstruments } from '../db/ledger/instrument'
import { inTransaction } from '../db/ledger/transaction'
import { Fault } from '../errors/fault'
import { commitBlocks, discardAfter, type Writer } from './commit'
import { fetchBlocks, fetchHeader, type Source } from './fetch'
import type { VerifiedBlock } from './reducer'
import { findAncestor } from './reorg'
import type { Verification } from './verify/rules'
import type { Watch } from './watch'

export type ChainConfig = {
  id: number
  /** Blocks below the verified head at which a block counts as final; under it nothing is ever taken back automatically. */
  finality: number
  /** First block to index; at least 1. */
  startBlock: bigint
  verification: Verification
  watch: Watch
  /** Pinned; without one the first genesis seen is pinned in the database. */
  genesisHash?: Hex
}

export type Session = { source: Source; writer: Writer; config: ChainConfig; cursor: Cursor }

/** Blocks in one request, and requests at a time. */
export const rangeSize = 20n
export const parallel = 4
/** Rows after which a batch is written: few at first, so that progress shows and is kept at once, then twice as many. */
const [firstBatchRows, mostBatchRows] = [400, 6400]
/** A gap of so few blocks is live traffic: every block gets its own transaction, and readers see each. */
const liveGap = 12n

/** Refuses a node of another chain. To be asked whenever a connection is new. */
export async function checkChain(pool: Pool, rpc: Rpc, config: ChainConfig): Promise<Hex> {
  const id = await rpc.call('eth_chainId')
  if (typeof id !== 'string' || BigInt(id) !== BigInt(config.id)) {
    throw new Fault('wrong-chain', `The node is of chain ${String(id)}, configured is ${config.id}`)
  }
  const genesis = await fetchHeader(rpc, 0n)
  const pinned = config.genesisHash ?? (await findChain(pool, config.id))?.genesisHash
  if (pinned !== undefined && pinned !== genesis.hash) {
    throw new Fault('wrong-genesis', `The node's genesis is ${genesis.hash}, pinned is ${pinned}`)
  }
  return genesis.hash
}

/** Checks the node, registers the chain if it is new, and makes this process its writer. */
export async function openSession(
  pool: Pool,
  source: Source,
  config: ChainConfig,
  { announce = true }: { announce?: boolean } = {},
): Promise<Session> {
  const genesisHash = await checkChain(pool, source.rpc, config)
  if (!(await findCursor(pool, config.id))) {
    const first = await fetchHeader(source.rpc, config.startBlock)
    const before = { number: config.startBlock - 1n, hash: first.parentHash, time: first.time }
    const { id, finality, startBlock } = config
    await inTransaction(pool, (sql) => insertChain(sql, { id, genesisHash, finality, startBlock }, before))
  }
  const epoch = await inTransaction(pool, async (sql) => {
    await updateFinality(sql, config.id, config.finality)
    await upsertInstruments(sql, config.id, [...config.watch.instruments.values()])
    return takeEpoch(sql, config.id)
  })
  const cursor = (await findCursor(pool, config.id))!
  const writer = { pool, chainId: config.id, epoch, watch: config.watch, announce }
  return { source, writer, config, cursor }
}

/** Writes everything up to `head`, inclusive. Ranges are fetched side by side and written in order. */
export async function catchUp(session: Session, head: bigint, signal?: AbortSignal): Promise<void> {
  const live = head - session.cursor.number <= liveGap
  const pending: Promise<VerifiedBlock[]>[] = []
  let next = session.cursor.number + 1n
  const fill = () => {
    while (pending.length < parallel && next <= head) {
      const last = next + rangeSize - 1n < head ? next + rangeSize - 1n : head
      const range = fetchSplitting(session.source, next, last)
      range.catch(() => {}) // awaited below, or dropped with the rest after an earlier failure
      pending.push(range)
      next = last + 1n
    }
  }
  let batch: VerifiedBlock[] = []
  let batchRows = firstBatchRows
  fill()
  while (pending.length > 0 && !signal?.aborted) {
    batch.push(...(await pending.shift()!))
    fill()
    if (live) for (const block of batch) await write(session, [block], head)
    else if (pending.length > 0 && rowsOf(batch) < batchRows) continue
    else await write(session, batch, head)
    batch = []
    batchRows = Math.min(batchRows * 2, mostBatchRows)
  }
}

async function write(session: Session, blocks: VerifiedBlock[], head: bigint): Promise<void> {
  const position = await commitBlocks(session.writer, session.cursor, blocks, head)
  const { verifiedHead: before } = session.cursor
  // biome-ignore lint/complexity/useMathMinMax: these are bigints
  const verifiedHead = before > position.number ? before : position.number
  session.cursor = { ...session.cursor, ...position, verifiedHead, nodeHead: head, haltReason: null }
}

const rowsOf = (blocks: readonly VerifiedBlock[]) =>
  blocks.reduce((sum, { transactions, logs }) => sum + 1 + 2 * transactions.length + logs.length, 0)

/** Nodes limit the size of answers each in its own words: a range that fails is halved, down to one block. */
async function fetchSplitting(source: Source, from: bigint, to: bigint): Promise<VerifiedBlock[]> {
  try {
    return await fetchBlocks(source, from, to)
  } catch (error) {
    const splittable =
      error instanceof Fault && ['node-error', 'node-answer', 'node-timeout'].includes(error.code)
    if (from === to || !splittable) throw error
    const middle = (from + to) / 2n
    return [
      ...(await fetchSplitting(source, from, middle)),
      ...(await fetchSplitting(source, middle + 1n, to)),
    ]
  }
}

/** Takes back what the node's chain no longer has. @return How many blocks that were. */
export async function resolveReorg(session: Session): Promise<bigint> {
  const { source, writer, config, cursor } = session
  const head = await fetchHeader(source.rpc, 'latest')
  const ancestor = await findAncestor(writer.pool, source.rpc, config, cursor, head.number)
  if (ancestor.number === cursor.number) return 0n
  await discardAfter(writer, cursor, ancestor, head.number)
  session.cursor = { ...cursor, ...ancestor, nodeHead: head.number, haltReason: null }
  return cursor.number - ancestor.number
}

/** What the node's head says about ours. `stale`: it is behind and agrees, so it waits, not we. */
export async function compareHead(
  session: Session,
): Promise<{ head: bigint; state: 'ahead' | 'level' | 'stale' | 'forked' }> {
  const head = await fetchHeader(session.source.rpc, 'latest')
  const { number, hash } = session.cursor
  if (head.number > number) return { head: head.number, state: 'ahead' }
  if (head.number === number) return { head: head.number, state: head.hash === hash ? 'level' : 'forked' }
  const [stored] = await listPositions(session.writer.pool, session.config.id, head.number, head.number)
  return { head: head.number, state: !stored || stored.hash === head.hash ? 'stale' : 'forked' }
}
