import type { Pool } from 'pg'
import { Fault } from '../../errors/fault'
import type { Sql } from './bulk'
import { type Facts, factInserts } from './fact'
import { listStoredBlocks, type StoredBlock } from './stored'
import { inTransaction } from './transaction'

/**
 * Ranges of blocks ahead of the cursor that any worker may claim, and what was fetched of them, in the schema `staged`
 * (migration 0020). A cache: whoever reads it verifies it, and any part of it may be deleted at any time. Nobody waits
 * for a lock here: rows that somebody holds are skipped, and the server ends whoever holds them without a word.
 */

/** The blocks of a range that are still to be staged, both ends inclusive, by whoever holds the epoch. */
export type Claim = { chainId: number; from: bigint; to: bigint; epoch: bigint }

export async function hasRanges(sql: Sql, chainId: number): Promise<boolean> {
  const { rowCount } = await sql.query('SELECT FROM staged.backfill_range WHERE chain_id = $1 LIMIT 1', [
    chainId,
  ])
  return rowCount === 1
}

/** Offers the whole ranges of `size` blocks between two blocks, both inclusive. What is offered already stays. */
export async function insertRanges(sql: Sql, chainId: number, from: bigint, to: bigint, size: bigint) {
  await sql.query(
    `INSERT INTO staged.backfill_range (chain_id, from_block, to_block, staged_to)
     SELECT $1, first, first + $4 - 1, first - 1
     FROM generate_series($2::bigint, $3::bigint - $4::bigint + 1, $4::bigint) first ON CONFLICT DO NOTHING`,
    [chainId, from, to, size],
  )
}

/**
 * The lowest range that nobody has, or whose claimant has not stirred for `lapsesMs`. Whoever had it is fenced off.
 * What is staged of it stays.
 */
export async function takeClaim(
  pool: Pool,
  chainId: number,
  worker: string,
  lapsesMs: number,
): Promise<Claim | undefined> {
  return inTransaction(pool, async (sql) => {
    await enter(sql, lapsesMs)
    const { rows } = await sql.query(
      `UPDATE backfill_range SET epoch = nextval('claim_epoch'), worker = $2, beat_at = clock_timestamp()
       WHERE chain_id = $1 AND from_block = (SELECT from_block FROM backfill_range
         WHERE chain_id = $1 AND staged_to < to_block
           AND (beat_at IS NULL OR beat_at < clock_timestamp() - $3 * interval '1 millisecond')
         ORDER BY from_block LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING staged_to, to_block, epoch`,
      [chainId, worker, lapsesMs],
    )
    const row = rows[0]
    if (!row) return undefined
    const claim = {
      chainId,
      from: BigInt(row.staged_to) + 1n,
      to: BigInt(row.to_block),
      epoch: BigInt(row.epoch),
    }
    // Left of a range that was here before and was deleted while somebody staged it.
    await deleteFacts(sql, chainId, claim.from, claim.to)
    return claim
  })
}

/**
 * Stages the next blocks of a claim, up to one, inclusive.
 * @throws Fault `fenced` if another has the range by now, or nobody wants it any more; then nothing is written.
 */
export async function insertStaged(
  pool: Pool,
  { chainId, to, epoch }: Claim,
  facts: Facts,
  upTo: bigint,
  lapsesMs: number,
): Promise<void> {
  await inTransaction(pool, async (sql) => {
    await enter(sql, lapsesMs)
    const { rowCount } = await sql.query(
      `UPDATE backfill_range SET staged_to = $4, beat_at = clock_timestamp()
       WHERE chain_id = $1 AND to_block = $2 AND epoch = $3`,
      [chainId, to, epoch, upTo],
    )
    if (rowCount !== 1) throw new Fault('fenced', `The claim ${epoch} of blocks up to ${to} is over`)
    for (const insert of factInserts(chainId, facts)) await sql.query(insert)
  })
}

/** Blocks from one to another of one range, both inclusive; undefined if not all are staged. Nobody vouches for them. */
export async function findStaged(
  pool: Pool,
  chainId: number,
  from: bigint,
  to: bigint,
): Promise<StoredBlock[] | undefined> {
  return inTransaction(pool, async (sql) => {
    await enter(sql)
    const { rowCount } = await sql.query(
      'SELECT FROM backfill_range WHERE chain_id = $1 AND from_block <= $2 AND staged_to >= $3',
      [chainId, from, to],
    )
    return rowCount === 1 ? listStoredBlocks(sql, chainId, from, to) : undefined
  })
}

/** The range of a block is nobody's any more. Its rows go when the cursor has passed, or with the next claim. */
export const deleteRangeOf = (sql: Sql, chainId: number, block: bigint) =>
  deleteRanges(sql, 'chain_id = $1 AND from_block <= $2 AND to_block >= $2', [chainId, block])

/** Ranges that nobody has begun and that begin before a block. */
export const deleteUnclaimed = (sql: Sql, chainId: number, before: bigint) =>
  deleteRanges(sql, 'chain_id = $1 AND from_block < $2 AND epoch = 0', [chainId, before])

/** What the ledger has by now: everything up to a block, inclusive. */
export async function deleteWritten(sql: Sql, chainId: number, block: bigint): Promise<void> {
  await deleteRanges(sql, 'chain_id = $1 AND to_block <= $2', [chainId, block])
  await deleteFacts(sql, chainId, 0n, block)
}

async function deleteRanges(sql: Sql, which: string, values: unknown[]): Promise<void> {
  await sql.query(
    `DELETE FROM staged.backfill_range WHERE (chain_id, from_block) IN (
       SELECT chain_id, from_block FROM staged.backfill_range WHERE ${which} FOR UPDATE SKIP LOCKED)`,
    values,
  )
}

async function deleteFacts(sql: Sql, chainId: number, from: bigint, to: bigint): Promise<void> {
  await sql.query(
    `WITH logs AS (DELETE FROM staged.log WHERE chain_id = $1 AND block_number BETWEEN $2 AND $3),
       receipts AS (DELETE FROM staged.receipt WHERE chain_id = $1 AND block_number BETWEEN $2 AND $3),
       transactions AS (DELETE FROM staged.transaction WHERE chain_id = $1 AND block_number BETWEEN $2 AND $3)
     DELETE FROM staged.block WHERE chain_id = $1 AND number BETWEEN $2 AND $3`,
    [chainId, from, to],
  )
}

/**
 * From here to the end of the transaction unqualified names are the staged tables, and a process that is stopped in the
 * midst of it loses its connection, and what it held, after `patienceMs`.
 */
async function enter(sql: Sql, patienceMs = 0): Promise<void> {
  await sql.query(
    `SELECT set_config('search_path', 'staged, public', true),
       set_config('idle_in_transaction_session_timeout', $1, true)`,
    [String(patienceMs)],
  )
}
