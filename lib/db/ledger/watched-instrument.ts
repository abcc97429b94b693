import type { Address, Hex } from 'viem'
import { Fault } from '../../errors/fault'
import { hexArray, type Sql } from './bulk'
import type { Position } from './chain'
import type { LogFact } from './fact'
import { recount } from './holding'
import type { InstrumentRow } from './instrument'

/** An instrument that somebody asked to have watched; see the table. `endBlock`: the last that is read by the writer. */
export type WatchedRow = InstrumentRow & {
  history: 'full' | 'partial'
  filledTo: bigint
  endBlock: bigint | null
}

/**
 * `live`: what the writer reads in the blocks it writes, of those that were let go up to their end. One that is added
 * again is in both until its past is read.
 */
export async function listWatched(
  sql: Sql,
  chainId: number,
  state: 'filling' | 'live',
): Promise<WatchedRow[]> {
  const { rows } = await sql.query(
    `SELECT address, symbol, name, decimals, standard, start_block, history, filled_to, end_block
     FROM watched_instrument WHERE chain_id = $1 AND (state = $2 OR ($2 = 'live' AND end_block IS NOT NULL))
     ORDER BY added_at, address`,
    [chainId, state],
  )
  return rows.map(toWatched)
}

export const toWatched = ({
  start_block,
  filled_to,
  end_block,
  ...row
}: Record<string, string>): WatchedRow => ({
  ...(row as unknown as WatchedRow),
  startBlock: BigInt(start_block!),
  filledTo: BigInt(filled_to!),
  endBlock: end_block == null ? null : BigInt(end_block),
})

/** A worker starts to read its past, or goes on with it: from here the rate is counted. */
export async function beginFilling(sql: Sql, chainId: number, address: Address): Promise<void> {
  await sql.query(
    `UPDATE watched_instrument SET begun_at = now(), begun_block = filled_to, progressed_at = NULL, failure = NULL
     WHERE chain_id = $1 AND address = $2`,
    [chainId, address],
  )
}

/**
 * Holds it still for this transaction.
 * @returns up to where its past is read; undefined if it is taken up already, or is read anew without balances since
 */
export async function lockFilling(
  sql: Sql,
  chainId: number,
  { address, history }: Pick<WatchedRow, 'address' | 'history'>,
): Promise<bigint | undefined> {
  const { rows } = await sql.query(
    `SELECT filled_to FROM watched_instrument
     WHERE chain_id = $1 AND address = $2 AND history = $3 AND state = 'filling' FOR UPDATE`,
    [chainId, address, history],
  )
  return rows[0] && BigInt(rows[0].filled_to)
}

/**
 * Compare-and-set: its past is read up to `to`.
 * @throws Fault `fenced` if another worker has read on meanwhile.
 */
export async function updateFilled(
  sql: Sql,
  chainId: number,
  address: Address,
  { from, to, events }: { from: bigint; to: bigint; events: number },
): Promise<void> {
  const { rowCount } = await sql.query(
    `UPDATE watched_instrument SET filled_to = $4, events = events + $5, progressed_at = now(), failure = NULL
     WHERE chain_id = $1 AND address = $2 AND filled_to = $3 AND state = 'filling'`,
    [chainId, address, from, to, events],
  )
  if (rowCount !== 1) throw new Fault('fenced', `The past of ${address} is read by another worker`)
}

export async function updateFillingFailed(sql: Sql, chainId: number, address: Address, failure: string) {
  await sql.query(
    'UPDATE watched_instrument SET failure = $3 WHERE chain_id = $1 AND address = $2 AND failure IS DISTINCT FROM $3',
    [chainId, address, failure.slice(0, 500)],
  )
}

/** From the next block on it is indexed with everything else. The epoch fences it as it does every block. */
export async function updateLive(
  sql: Sql,
  chainId: number,
  address: Address,
  { epoch, at }: { epoch: bigint; at: Position },
): Promise<void> {
  await holdCursor(sql, chainId, { epoch, at })
  await sql.query(
    `UPDATE watched_instrument SET state = 'live', end_block = NULL WHERE chain_id = $1 AND address = $2`,
    [chainId, address],
  )
  await giveBalances(sql, chainId, address)
}

/** Nobody else takes the chain's epoch until this transaction ends; `fenced` if somebody did. */
export async function holdCursor(
  sql: Sql,
  chainId: number,
  { epoch, at }: { epoch: bigint; at: Position },
): Promise<void> {
  const { rowCount } = await sql.query(
    'UPDATE cursor SET updated_at = now() WHERE chain_id = $1 AND writer_epoch = $2 AND number = $3 AND hash = $4',
    [chainId, epoch, at.number, at.hash],
  )
  if (rowCount !== 1) throw new Fault('fenced', `Another worker writes chain ${chainId} now`)
}

/** Of accounts for which somebody answers since. */
export async function giveBalances(sql: Sql, chainId: number, address: Address): Promise<void> {
  const { rows } = await sql.query(
    `SELECT instrument, account FROM balance JOIN account a ON a.chain_id = $1 AND a.address = balance.account
     WHERE balance.chain_id = $1 AND instrument = $2 AND balance.firm_id IS DISTINCT FROM a.firm_id`,
    [chainId, address],
  )
  await recount(sql, chainId, rows, () =>
    sql.query(
      `UPDATE balance SET firm_id = a.firm_id FROM account a WHERE a.chain_id = $1 AND balance.chain_id = $1
         AND balance.instrument = $2 AND a.address = balance.account AND balance.account = ANY($3::text[])`,
      [chainId, address, hexArray(rows.map(({ account }) => account))],
    ),
  )
}

/** Everything that is made of what an instrument itself did. */
const itsTables = [
  ...['transfer', 'refused_transfer', 'activity', 'balance', 'holding', 'freeze', 'frozen_amount', 'pause'],
  ...['instrument_compliance', 'instrument_event', 'unknown_event'],
]

/**
 * What it says of transfers does not add up to what it says it has issued, so balances are nobody's to derive: its past
 * is read once more, for transfers alone.
 */
export async function restartPartial(
  sql: Sql,
  chainId: number,
  address: Address,
  note: string,
): Promise<void> {
  for (const table of itsTables)
    await sql.query(`DELETE FROM "${table}" WHERE chain_id = $1 AND instrument = $2`, [chainId, address])
  await sql.query('UPDATE instrument SET total_supply = 0 WHERE chain_id = $1 AND address = $2', [
    chainId,
    address,
  ])
  await sql.query(
    `UPDATE watched_instrument SET history = 'partial', note = $3, filled_to = start_block - 1, events = 0,
       begun_at = now(), begun_block = start_block - 1, progressed_at = NULL, end_block = NULL
     WHERE chain_id = $1 AND address = $2`,
    [chainId, address, note],
  )
}

type Range = { chainId: number; address: Address; from: bigint; to: bigint }

/** What a contract said in blocks of a range, both ends included, with the links of accounts that `registry` made. */
export async function listPastLogs(
  sql: Sql,
  { chainId, address, from, to }: Range,
  links: { registry: Address | null; topic: Hex },
): Promise<(LogFact & { time: bigint; transactionHash: Hex })[]> {
  const { rows } = await sql.query(
    `SELECT log.*, transaction.hash, extract(epoch FROM block.time)::bigint AS time FROM log
     JOIN block ON block.chain_id = log.chain_id AND block.number = log.block_number
     JOIN transaction ON transaction.chain_id = log.chain_id AND transaction.block_number = log.block_number
       AND transaction.index = log.tx_index
     WHERE log.chain_id = $1 AND log.block_number BETWEEN $3 AND $4
       AND (log.address = $2 OR (log.address = $5 AND log.topic0 = $6))
     ORDER BY log.block_number, log.log_index`,
    [chainId, address, from, to, links.registry, links.topic],
  )
  return rows.map((row) => ({
    blockNumber: BigInt(row.block_number),
    logIndex: row.log_index,
    transactionIndex: row.tx_index,
    transactionHash: row.hash,
    address: row.address,
    topics: [row.topic0, row.topic1, row.topic2, row.topic3].filter((topic) => topic !== null),
    data: row.data,
    time: BigInt(row.time),
  }))
}

/** Calls to a contract that it refused. */
export async function listPastRefusals(sql: Sql, { chainId, address, from, to }: Range) {
  const { rows } = await sql.query(
    `SELECT t.*, block.parent_hash, extract(epoch FROM block.time)::bigint AS time
     FROM transaction t JOIN receipt USING (chain_id, block_number, index)
     JOIN block ON block.chain_id = t.chain_id AND block.number = t.block_number
     WHERE t.chain_id = $1 AND t.block_number BETWEEN $3 AND $4 AND t."to" = $2 AND receipt.status = 0
     ORDER BY t.block_number, t.index`,
    [chainId, address, from, to],
  )
  return rows.map((row) => ({
    blockNumber: BigInt(row.block_number),
    time: BigInt(row.time),
    parentHash: row.parent_hash as Hex,
    hash: row.hash as Hex,
    index: row.index as number,
    from: row.from as Address,
    to: address,
    input: row.input as Hex,
    value: BigInt(row.value),
  }))
}

/** The reason of a refused call, which nobody had asked for when its block was written. */
export async function updateRevertData(
  sql: Sql,
  chainId: number,
  rows: readonly { blockNumber: bigint; index: number; data: Hex | null }[],
): Promise<void> {
  for (const { blockNumber, index, data } of rows) {
    await sql.query(
      'UPDATE receipt SET revert_data = $4 WHERE chain_id = $1 AND block_number = $2 AND index = $3',
      [chainId, blockNumber, index, data],
    )
  }
}
