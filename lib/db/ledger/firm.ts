import { Fault } from '../../errors/fault'
import { deleteAfter, insertRows, type Sql, type Table } from './bulk'

export type FirmRow = { id: number; lei: string; name: string; blockNumber: bigint }

const firms: Table<FirmRow> = {
  name: 'firm',
  columns: {
    id: ['int', (row) => row.id],
    lei: ['text', (row) => row.lei],
    name: ['text', (row) => row.name],
    block_number: ['bigint', (row) => row.blockNumber],
  },
}

/** @throws Fault firm-mismatch: a number means one firm on every ledger, or rows of one would be shown to another. */
export async function insertFirms(sql: Sql, chainId: number, rows: FirmRow[]): Promise<void> {
  if (rows.length === 0) return
  await insertRows(sql, firms, chainId, rows)
  // Two ledgers that register at the same moment wait here for each other.
  await sql.query(`SELECT pg_advisory_xact_lock(hashtext('plimsoll firms'))`)
  const { rows: others } = await sql.query(
    `SELECT here.id, here.lei, there.chain_id AS "chainId", there.lei AS "otherLei" FROM firm here
     JOIN firm there ON there.id = here.id AND there.chain_id <> here.chain_id AND there.lei <> here.lei
     WHERE here.chain_id = $1 AND here.id = ANY($2::int[]) LIMIT 1`,
    [chainId, rows.map(({ id }) => id)],
  )
  const [other] = others
  if (!other) return
  const said = `Firm ${other.id} is ${other.lei} here and ${other.otherLei} on chain ${other.chainId}`
  throw new Fault('firm-mismatch', said, other)
}

export const deleteFirmsAfter = (sql: Sql, chainId: number, block: bigint) =>
  deleteAfter(sql, 'firm', chainId, block)
