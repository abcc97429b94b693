import type { Address } from 'viem'
import type { Sql } from './bulk'
import type { Position } from './chain'
import { giveBalances, holdCursor, toWatched, type WatchedRow } from './watched-instrument'

/** The end of watching an instrument of others, and its beginning anew. */

/** Those that somebody asked to have let go, and that still are followed or read. */
export async function listLettingGo(sql: Sql, chainId: number): Promise<WatchedRow[]> {
  const { rows } = await sql.query(
    `SELECT address, symbol, name, decimals, standard, start_block, history, filled_to, end_block
     FROM watched_instrument WHERE chain_id = $1 AND let_go_at IS NOT NULL AND state <> 'ended' ORDER BY address`,
    [chainId],
  )
  return rows.map(toWatched)
}

/**
 * After this nothing of it is read but up to its end: `at`, or while its past is read, up to where that is. The epoch
 * fences it as it does every block.
 * @returns false if nobody wants it to end any more.
 */
export async function updateEnded(
  sql: Sql,
  chainId: number,
  address: Address,
  { epoch, at }: { epoch: bigint; at: Position },
): Promise<boolean> {
  await holdCursor(sql, chainId, { epoch, at })
  const { rowCount } = await sql.query(
    `UPDATE watched_instrument SET state = 'ended', failure = NULL,
       end_block = CASE state WHEN 'live' THEN greatest($3::bigint, start_block - 1) ELSE filled_to END,
       filled_to = CASE state WHEN 'live' THEN greatest($3::bigint, start_block - 1) ELSE filled_to END,
       note = CASE WHEN state = 'filling' THEN concat_ws('. ', note, $4::text) ELSE note END
     WHERE chain_id = $1 AND address = $2 AND let_go_at IS NOT NULL AND state <> 'ended'`,
    [chainId, address, at.number, 'Let go before its past was read: never compared with what it says'],
  )
  if (rowCount !== 1) return false
  await giveBalances(sql, chainId, address)
  return true
}

/**
 * Those that are to be followed once more: their past goes on where it ended. Until it is read they are read up to that
 * end as before, so that blocks which a reorganisation takes back until then are read again.
 */
export async function restartEnded(sql: Sql, chainId: number): Promise<void> {
  await sql.query(
    `UPDATE watched_instrument SET state = 'filling', begun_at = NULL, begun_block = NULL, progressed_at = NULL,
       controls = NULL, note = CASE WHEN history = 'partial' THEN note END
     WHERE chain_id = $1 AND state = 'ended' AND let_go_at IS NULL`,
    [chainId],
  )
}
