import type { Pool } from 'pg'
import { Fault } from '../../errors/fault'
import type { Sql } from './bulk'
import { type Facts, factInserts } from './fact'
import { listStoredBlocks, type StoredBlock } from './stored'
import { inTransaction } from './transaction'

/**
 * Ranges of blocks ahead of the cursor that any worker may claim, and what was fetched of them, in the schema `staged`
 * (migration 0020). A cache: whoever reads it verifies it, and any part of it may be deleted at any time. Ranges that
 * somebody holds are skipped; for the rows of blocks the leader waits half a second and fails, a claimant until the server
 * ends whoever holds them without a word.
 */
const leaderWaitsMs = 500

/** Who leads a chain, as long as the cursor has the epoch. */
export type Lead = { chainId: number; epoch: bigint }

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

/** Up to where nothing needs to be staged any more. */
const written = 'coalesce((SELECT number FROM public.cursor WHERE chain_id = $1), 0)'

/**
 * Clears away what is written up to a block and what nobody began before `from`, and offers what follows. Nothing of it
 * once another leads.
 */
export async function offerRanges(
  pool: Pool,
  lead: Lead,
  upTo: bigint,
  { from, to, size }: { from: bigint; to: bigint; size: bigint },
): Promise<void> {
  await asLeader(pool, lead, async (sql) => {
    await clear(sql, lead.chainId, upTo)
    await deleteUnclaimed(sql, lead.chainId, from)
    await insertRanges(sql, lead.chainId, from, to, size)
  })
}

/** The range of a block is nobody's any more. Its rows go when the cursor has passed, or with the next claim. */
export async function dropRange(pool: Pool, lead: Lead, block: bigint): Promise<void> {
  const which = 'chain_id = $1 AND from_block <= $2 AND to_block >= $2'
  await asLeader(pool, lead, (sql) => deleteRanges(sql, which, [lead.chainId, block]))
}

async function asLeader(
  pool: Pool,
  { chainId, epoch }: Lead,
  work: (sql: Sql) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async (sql) => {
    await enter(sql, { waitsMs: leaderWaitsMs })
    const { rowCount } = await sql.query(
      'SELECT FROM public.cursor WHERE chain_id = $1 AND writer_epoch = $2',
      [chainId, epoch],
    )
    if (rowCount === 1) await work(sql)
  })
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
    await enter(sql, { patienceMs: lapsesMs })
    const { rows } = await sql.query(
      `UPDATE backfill_range SET epoch = nextval('claim_epoch'), worker = $2, beat_at = clock_timestamp()
       WHERE chain_id = $1 AND from_block = (SELECT from_block FROM backfill_range
         WHERE chain_id = $1 AND staged_to < to_block AND to_block > ${written}
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
    await enter(sql, { patienceMs: lapsesMs })
    const { rowCount } = await sql.query(
      `UPDATE backfill_range SET staged_to = $4, beat_at = clock_timestamp()
       WHERE chain_id = $1 AND to_block = $2 AND epoch = $3 AND to_block > ${written}`,
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
    await enter(sql, { path: 'staged, public, pg_temp', waitsMs: leaderWaitsMs })
    const { rowCount } = await sql.query(
      'SELECT FROM backfill_range WHERE chain_id = $1 AND from_block <= $2 AND staged_to >= $3',
      [chainId, from, to],
    )
    return rowCount === 1 ? listStoredBlocks(sql, chainId, from, to) : undefined
  })
}

/** Ranges that nobody has begun and that begin before a block. */
export const deleteUnclaimed = (sql: Sql, chainId: number, before: bigint) =>
  deleteRanges(sql, 'chain_id = $1 AND from_block < $2 AND epoch = 0', [chainId, before])

/** What the ledger has by now: everything up to a block, inclusive. */
export async function deleteWritten(pool: Pool, chainId: number, block: bigint): Promise<void> {
  await inTransaction(pool, async (sql) => {
    await enter(sql, { waitsMs: leaderWaitsMs })
    await clear(sql, chainId, block)
  })
}

async function clear(sql: Sql, chainId: number, block: bigint): Promise<void> {
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
 * From here to the end of the transaction unqualified names are the staged tables, of no other schema unless it is named;
 * a process that is stopped in the midst of it loses its connection, and what it held, after `patienceMs`; and a lock is
 * waited for `waitsMs`. Zero: for ever.
 */
async function enter(
  sql: Sql,
  { patienceMs = 0, waitsMs = 0, path = 'staged, pg_temp' } = {},
): Promise<void> {
  await sql.query(
    `SELECT set_config('search_path', $1, true), set_config('lock_timeout', $2, true),
       set_config('idle_in_transaction_session_timeout', $3, true)`,
    [path, String(waitsMs), String(patienceMs)],
  )
}
