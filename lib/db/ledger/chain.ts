import type { Hex } from 'viem'
import { Fault } from '../../errors/fault'
import type { Sql } from './bulk'
import { openPartitions } from './partition'

/** What is pinned of a chain when it is first indexed, and the cursor up to which everything is written. */

/** A depth in blocks, or what the nodes take for final. */
export type Finality = number | 'finalized'
export type ChainRecord = { id: number; genesisHash: Hex; finality: Finality; startBlock: bigint }

/** `time` in UNIX seconds. */
export type Position = { number: bigint; hash: Hex; time: bigint }
export type Cursor = Position & {
  writerEpoch: bigint
  /** What the node claimed last. For the lag alone: nothing is decided by it. */
  nodeHead: bigint
  /** The highest block that was ever verified and written; at least the cursor's own. */
  verifiedHead: bigint
  /** The highest block of ours that every node which was asked took for final; −1: none yet, or nobody is asked. */
  finalized: bigint
  haltReason: string | null
}

/**
 * The last block that is final, inclusive; negative: none is. Counted from what was verified, because a node can claim
 * any head. While an index fills up, old blocks count as pending for a while; none counts as final too early.
 */
export const finalBlockOf = (
  cursor: Pick<Cursor, 'verifiedHead' | 'finalized'>,
  finality: Finality,
): bigint => (finality === 'finalized' ? cursor.finalized : cursor.verifiedHead - BigInt(finality))

export async function findChain(sql: Sql, chainId: number): Promise<ChainRecord | undefined> {
  const { rows } = await sql.query('SELECT * FROM chain WHERE id = $1', [chainId])
  const row = rows[0]
  return (
    row && {
      id: row.id,
      genesisHash: row.genesis_hash,
      finality: row.finality ?? 'finalized',
      startBlock: BigInt(row.start_block),
    }
  )
}

/** Does nothing if the chain is there. `before` is the position just before the first block. */
export async function insertChain(sql: Sql, chain: ChainRecord, before: Position): Promise<void> {
  await openPartitions(sql, chain.id)
  await sql.query(
    'INSERT INTO chain (id, genesis_hash, finality, start_block) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [chain.id, chain.genesisHash, depthOf(chain.finality), chain.startBlock],
  )
  await sql.query(
    'INSERT INTO cursor (chain_id, number, hash, time) VALUES ($1, $2, $3, to_timestamp($4)) ON CONFLICT DO NOTHING',
    [chain.id, before.number, before.hash, before.time],
  )
}

export async function updateFinality(sql: Sql, chainId: number, finality: Finality): Promise<void> {
  await sql.query('UPDATE chain SET finality = $2 WHERE id = $1 AND finality IS DISTINCT FROM $2', [
    chainId,
    depthOf(finality),
  ])
}

/** Never downwards: what was final stays final. */
export async function updateFinalized(sql: Sql, chainId: number, epoch: bigint, number: bigint) {
  await sql.query(
    'UPDATE cursor SET finalized = greatest(finalized, $3), updated_at = now() WHERE chain_id = $1 AND writer_epoch = $2',
    [chainId, epoch, number],
  )
}

const depthOf = (finality: Finality) => (finality === 'finalized' ? null : finality)

export async function findCursor(sql: Sql, chainId: number): Promise<Cursor | undefined> {
  const { rows } = await sql.query(
    'SELECT number, hash, extract(epoch FROM time)::bigint AS time, writer_epoch, node_head, greatest(verified_head, number) AS verified_head, finalized, halt_reason FROM cursor WHERE chain_id = $1',
    [chainId],
  )
  return rows[0] && toCursor(rows[0])
}

/** Makes every earlier writer of the chain a stale one. @return The new epoch. */
export async function takeEpoch(sql: Sql, chainId: number): Promise<bigint> {
  const { rows } = await sql.query(
    'UPDATE cursor SET writer_epoch = writer_epoch + 1 WHERE chain_id = $1 RETURNING writer_epoch',
    [chainId],
  )
  return BigInt(rows[0].writer_epoch)
}

/** Makes this transaction the only one that writes rows of the chain until it ends. */
export async function lockWriting(sql: Sql, chainId: number): Promise<void> {
  // By schema, so that a re-index beside the live tables does not wait for them.
  await sql.query('SELECT pg_advisory_xact_lock(hashtext(current_schema()), $1)', [chainId])
}

/**
 * The same for the writer of blocks.
 * @throws Fault `fenced` if a later writer has taken over, `cursor-moved` if the cursor is not at `expected`.
 */
export async function lockCursor(
  sql: Sql,
  chainId: number,
  epoch: bigint,
  expected: Position,
): Promise<void> {
  await lockWriting(sql, chainId)
  const cursor = await findCursor(sql, chainId)
  if (cursor?.writerEpoch !== epoch) {
    throw new Fault('fenced', `Epoch ${epoch} is over, ${cursor?.writerEpoch} writes chain ${chainId} now`)
  }
  if (cursor.number !== expected.number || cursor.hash !== expected.hash) {
    throw new Fault('cursor-moved', `The cursor is at ${cursor.number}, not at ${expected.number}`)
  }
}

/** Compare-and-set; clears the halt. */
export async function updateCursor(
  sql: Sql,
  chainId: number,
  epoch: bigint,
  from: Position,
  to: Position,
  nodeHead: bigint,
): Promise<void> {
  const { rowCount } = await sql.query({
    name: 'update cursor',
    text: `UPDATE cursor SET number = $5, hash = $6, time = to_timestamp($7), node_head = $8, halt_reason = NULL,
      verified_head = greatest(verified_head, number, $5), updated_at = now() WHERE chain_id = $1 AND writer_epoch = $2 AND number = $3 AND hash = $4`,
    values: [chainId, epoch, from.number, from.hash, to.number, to.hash, to.time, nodeHead],
  })
  if (rowCount !== 1) throw new Fault('cursor-moved', `The cursor is no longer at ${from.number}`)
}

/** Tells the web, through the channel `plimsoll_block` and once this is committed, where the ledger is now. */
export async function notifyBlock(sql: Sql, chainId: number, at: Position): Promise<void> {
  const notice = JSON.stringify({ chainId, block: String(at.number), hash: at.hash })
  await sql.query({ name: 'notify block', text: "SELECT pg_notify('plimsoll_block', $1)", values: [notice] })
}

/**
 * Why nothing more is written, or null. Of a change, which comes without a block, the web is told, and a halt has its
 * line in the journal: by it can be seen later what was known when.
 */
export async function updateHalt(sql: Sql, chainId: number, epoch: bigint, reason: string | null) {
  await sql.query(
    `WITH changed AS (
       UPDATE cursor SET halt_reason = $3::text, updated_at = now()
       WHERE chain_id = $1 AND writer_epoch = $2 AND halt_reason IS DISTINCT FROM $3::text
       RETURNING chain_id, number, hash
     ), noted AS (
       INSERT INTO public.journal (person_id, firm_id, act, subject, detail)
       SELECT NULL, NULL, 'halt:index', 'chain ' || chain_id,
         jsonb_build_object('reason', left($3::text, 400), 'block', number, 'hash', hash)
       FROM changed WHERE $3::text IS NOT NULL
     ) SELECT pg_notify('plimsoll_block', json_build_object('chainId', chain_id, 'block', number::text, 'hash', hash)::text)
     FROM changed`,
    [chainId, epoch, reason],
  )
}

const toCursor = (row: Record<string, string>): Cursor => ({
  number: BigInt(row.number!),
  hash: row.hash as Hex,
  time: BigInt(row.time!),
  writerEpoch: BigInt(row.writer_epoch!),
  nodeHead: BigInt(row.node_head!),
  verifiedHead: BigInt(row.verified_head!),
  finalized: BigInt(row.finalized ?? -1),
  haltReason: row.halt_reason ?? null,
})
