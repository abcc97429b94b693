import type { Address, Hex } from 'viem'
import { hexArray, insertRows, type Sql, type Table } from './bulk'
import type { Touched } from './transfer'

type Place = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  instrument: Address
  account: Address
  firmId: number | null
  orderId: Hex | null
}
/** `until` in UNIX seconds, exclusive; null: until lifted, or lifted. */
export type FreezeRow = Place & { frozen: boolean; until: bigint | null }
/** `amount` is all that is frozen of the account afterwards. */
export type FrozenAmountRow = Place & { amount: bigint }

const place = {
  block_number: ['bigint', (row: Place) => row.blockNumber],
  log_index: ['int', (row: Place) => row.logIndex],
  time: ['time', (row: Place) => row.time],
  instrument: ['hex', (row: Place) => row.instrument],
  account: ['hex', (row: Place) => row.account],
  firm_id: ['int', (row: Place) => row.firmId],
  order_id: ['hex', (row: Place) => row.orderId],
} as const

const freezes: Table<FreezeRow> = {
  name: 'freeze',
  columns: { ...place, frozen: ['bool', (row) => row.frozen], until: ['time', (row) => row.until] },
}

const amounts: Table<FrozenAmountRow> = {
  name: 'frozen_amount',
  columns: { ...place, amount: ['numeric', (row) => row.amount] },
}

export const insertFreezes = (sql: Sql, chainId: number, rows: FreezeRow[]) =>
  insertRows(sql, freezes, chainId, rows)

export const insertFrozenAmounts = (sql: Sql, chainId: number, rows: FrozenAmountRow[]) =>
  insertRows(sql, amounts, chainId, rows)

/** What is frozen of holdings now; one that never was has no row. */
export async function listFrozenAmounts(
  sql: Sql,
  chainId: number,
  keys: readonly Touched[],
): Promise<(Touched & { amount: bigint })[]> {
  const { rows } = await sql.query({
    name: 'frozen amounts',
    text: `SELECT wanted.i AS instrument, wanted.a AS account, last.amount
      FROM unnest($2::text[], $3::text[]) AS wanted(i, a)
      JOIN LATERAL (SELECT amount FROM frozen_amount f WHERE f.chain_id = $1 AND f.instrument = i AND f.account = a
        ORDER BY block_number DESC, log_index DESC LIMIT 1) last ON true`,
    values: [chainId, hexArray(keys.map((key) => key.instrument)), hexArray(keys.map((key) => key.account))],
  })
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
}
