import { hexArray, type Sql } from './bulk'
import type { Touched } from './transfer'

/** Changes these balances, and with them how many hold each instrument and how much together. */
export async function recount(
  sql: Sql,
  chainId: number,
  touched: readonly Touched[],
  change: () => Promise<unknown>,
): Promise<void> {
  if (touched.length === 0) return
  await countHoldings(sql, chainId, touched, -1)
  await change()
  await countHoldings(sql, chainId, touched, 1)
}

/**
 * Takes these balances out of the sums, or puts them in. Firm 0 is everybody. Where nobody holds anything there is no
 * row.
 */
export async function countHoldings(
  sql: Sql,
  chainId: number,
  touched: readonly Touched[],
  sign: 1 | -1,
): Promise<void> {
  await sql.query({
    name: 'count holdings',
    text: `MERGE INTO holding h USING (
        SELECT balance.instrument, side.firm, $4::int * count(*)::int AS holders, $4::int * sum(amount) AS amount
        FROM balance JOIN unnest($2::text[], $3::text[]) AS touched(i, a) ON instrument = i AND account = a
        CROSS JOIN LATERAL (SELECT 0 AS firm UNION ALL SELECT firm_id WHERE firm_id IS NOT NULL) side
        WHERE chain_id = $1 AND amount > 0 GROUP BY 1, 2
      ) change ON h.chain_id = $1 AND h.instrument = change.instrument AND h.firm_id = change.firm
      WHEN MATCHED AND h.holders + change.holders = 0 THEN DELETE
      WHEN MATCHED THEN UPDATE SET holders = h.holders + change.holders, amount = h.amount + change.amount
      WHEN NOT MATCHED THEN INSERT (chain_id, instrument, firm_id, holders, amount)
        VALUES ($1, change.instrument, change.firm, change.holders, change.amount)`,
    values: [
      chainId,
      hexArray(touched.map(({ instrument }) => instrument)),
      hexArray(touched.map(({ account }) => account)),
      sign,
    ],
  })
}
