import type { Address } from 'viem'
import type { Sql } from './bulk'

/** What of the controls of instruments of others can be compared with what they say. */

export type ControlRow = {
  instrument: Address
  symbol: string
  standard: string
  history: 'full' | 'partial'
  /** Signatures of views; null: nobody found out yet. */
  controls: string[] | null
  /** The last word on its pause. */
  paused: boolean
}

/** Of those that are indexed with every block. */
export async function listControls(sql: Sql, chainId: number): Promise<ControlRow[]> {
  const { rows } = await sql.query(
    `SELECT address AS instrument, symbol, standard, history, controls, coalesce(last.paused, false) AS paused
     FROM watched_instrument LEFT JOIN LATERAL (SELECT paused FROM pause
       WHERE pause.chain_id = $1 AND pause.instrument = address ORDER BY block_number DESC, log_index DESC LIMIT 1)
       last ON true
     WHERE chain_id = $1 AND state = 'live' ORDER BY address`,
    [chainId],
  )
  return rows
}

/** Once, after it was taken up. `note`: why something that it can be asked is not compared. */
export async function updateControls(
  sql: Sql,
  chainId: number,
  instrument: Address,
  { controls, note }: { controls: readonly string[]; note: string | null },
): Promise<void> {
  await sql.query(
    `UPDATE watched_instrument SET controls = $3, note = nullif(concat_ws('. ', note, $4::text), '')
     WHERE chain_id = $1 AND address = $2 AND state = 'live' AND controls IS NULL`,
    [chainId, instrument, controls, note],
  )
}
