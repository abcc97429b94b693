import type { Address } from 'viem'
import { zeroAddress } from 'viem'
import { hexArray, insertRows, type Sql, type Table } from './bulk'
import type { Touched } from './transfer'

export type BalanceRow = {
  instrument: Address
  account: Address
  firmId: number | null
  amount: bigint
  blockNumber: bigint
}

const balances: Table<BalanceRow> = {
  name: 'balance',
  columns: {
    instrument: ['hex', (row) => row.instrument],
    account: ['hex', (row) => row.account],
    firm_id: ['int', (row) => row.firmId],
    amount: ['numeric', (row) => row.amount],
    block_number: ['bigint', (row) => row.blockNumber],
  },
  conflict: `ON CONFLICT (chain_id, instrument, account) DO UPDATE SET amount = excluded.amount,
    firm_id = excluded.firm_id, block_number = excluded.block_number`,
}

export const upsertBalances = (sql: Sql, chainId: number, rows: BalanceRow[]) =>
  insertRows(sql, balances, chainId, rows)

export async function listBalances(
  sql: Sql,
  chainId: number,
  keys: readonly Touched[],
): Promise<{ instrument: Address; account: Address; amount: bigint }[]> {
  const { rows } = await sql.query({
    name: 'balances',
    text: `SELECT instrument, account, amount FROM balance JOIN unnest($2::text[], $3::text[]) AS wanted(i, a)
      ON instrument = i AND account = a WHERE chain_id = $1`,
    values: [chainId, hexArray(keys.map((key) => key.instrument)), hexArray(keys.map((key) => key.account))],
  })
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
}

/** Derives balances and supplies anew from the transfers that are kept. A holding that never moved has no row. */
export async function rebuildBalances(sql: Sql, chainId: number, touched: readonly Touched[]): Promise<void> {
  const holdings = touched.filter(({ account }) => account !== zeroAddress)
  const keys = [hexArray(holdings.map((key) => key.instrument)), hexArray(holdings.map((key) => key.account))]
  await sql.query(
    `WITH touched AS (SELECT * FROM unnest($2::text[], $3::text[]) AS touched(instrument, account)),
     moved AS (
       SELECT touched.instrument, touched.account, amount, block_number FROM touched JOIN transfer
         ON chain_id = $1 AND transfer.instrument = touched.instrument AND "to" = account
       UNION ALL
       SELECT touched.instrument, touched.account, -amount, block_number FROM touched JOIN transfer
         ON chain_id = $1 AND transfer.instrument = touched.instrument AND "from" = account),
     sums AS (SELECT instrument, account, sum(amount) AS amount, max(block_number) AS block_number
       FROM moved GROUP BY instrument, account),
     gone AS (DELETE FROM balance USING touched WHERE chain_id = $1 AND balance.instrument = touched.instrument
       AND balance.account = touched.account AND NOT EXISTS (SELECT FROM sums
         WHERE sums.instrument = touched.instrument AND sums.account = touched.account))
     UPDATE balance SET amount = sums.amount, block_number = sums.block_number FROM sums
       WHERE chain_id = $1 AND balance.instrument = sums.instrument AND balance.account = sums.account`,
    [chainId, ...keys],
  )
  const supplies = new Set(
    touched.filter(({ account }) => account === zeroAddress).map(({ instrument }) => instrument),
  )
  await sql.query(
    `UPDATE instrument SET total_supply =
       coalesce((SELECT sum(amount) FROM transfer
         WHERE chain_id = $1 AND instrument = instrument.address AND "from" = $3), 0)
       - coalesce((SELECT sum(amount) FROM transfer
         WHERE chain_id = $1 AND instrument = instrument.address AND "to" = $3), 0)
     WHERE chain_id = $1 AND address = ANY($2::text[])`,
    [chainId, hexArray(supplies), zeroAddress],
  )
}
