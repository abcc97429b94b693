import type { Address, Hex } from 'viem'
import type { Sql } from './bulk'

/** One thing that the ledger and the chain say differently. Values as text. */
export type Mismatch = { what: string; subject: string; ledger: string; chain: string }

export type Reconciliation = { blockNumber: bigint; blockHash: Hex; checked: number; mismatches: Mismatch[] }

export async function insertReconciliation(sql: Sql, chainId: number, row: Reconciliation): Promise<void> {
  await sql.query(
    'INSERT INTO reconciliation (chain_id, block_number, block_hash, checked, mismatches) VALUES ($1, $2, $3, $4, $5)',
    [chainId, row.blockNumber, row.blockHash, row.checked, JSON.stringify(row.mismatches)],
  )
}

/** Up to which block balances were compared last; -1 before the first time. */
export async function findReconciledBlock(sql: Sql, chainId: number): Promise<bigint> {
  const { rows } = await sql.query(
    'SELECT block_number FROM reconciliation WHERE chain_id = $1 ORDER BY at DESC, id DESC LIMIT 1',
    [chainId],
  )
  return BigInt(rows[0]?.block_number ?? -1)
}

export type Holding = { instrument: Address; account: Address; amount: bigint }

/** Up to `most` of the balances that moved after a block, any of them. */
export async function sampleHoldings(
  sql: Sql,
  chainId: number,
  after: bigint,
  most: number,
): Promise<Holding[]> {
  const { rows } = await sql.query(
    `SELECT instrument, account, amount FROM balance WHERE chain_id = $1 AND block_number > $2
     ORDER BY random() LIMIT $3`,
    [chainId, after, most],
  )
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
}

export type Supply = { instrument: Address; symbol: string; supply: bigint; held: bigint }

/** What each instrument has issued, beside the sum of what is held of it. */
export async function listSupplies(sql: Sql, chainId: number): Promise<Supply[]> {
  const { rows } = await sql.query(
    `SELECT address, symbol, total_supply, (SELECT coalesce(sum(amount), 0) FROM balance
       WHERE balance.chain_id = $1 AND balance.instrument = instrument.address) AS held
     FROM instrument WHERE chain_id = $1 ORDER BY address`,
    [chainId],
  )
  return rows.map((row) => ({
    instrument: row.address,
    symbol: row.symbol,
    supply: BigInt(row.total_supply),
    held: BigInt(row.held),
  }))
}

/** `expiry` in UNIX seconds, 0 for none. */
export type Standing = { address: Address; firmId: number; status: number; tier: number; expiry: bigint }

/** Identities decided upon after a block first, then any. */
export async function sampleStandings(
  sql: Sql,
  chainId: number,
  after: bigint,
  most: number,
): Promise<Standing[]> {
  const { rows } = await sql.query(
    `SELECT address, firm_id, status, tier, coalesce(extract(epoch FROM expiry), 0)::bigint AS expiry FROM identity
     WHERE chain_id = $1 ORDER BY coalesce(decided_at, -1) > $2 DESC, random() LIMIT $3`,
    [chainId, after, most],
  )
  return rows.map((row) => ({ ...row, firmId: row.firm_id, expiry: BigInt(row.expiry) }))
}

export type FlowSum = { scope: 0 | 2; subject: string; buckets: { hour: bigint; value: bigint }[] }

/** Hours from `first` on of all firms and of some identities that sent in them. */
export async function sampleFlows(
  sql: Sql,
  chainId: number,
  first: bigint,
  most: number,
): Promise<FlowSum[]> {
  const { rows } = await sql.query(
    `WITH subjects AS (SELECT scope, subject FROM flow WHERE chain_id = $1 AND hour >= $2 GROUP BY scope, subject
       ORDER BY scope DESC, random() LIMIT $3)
     SELECT scope, subject, array_agg(hour::text) AS hours, array_agg(value::text) AS values
     FROM flow JOIN subjects USING (scope, subject) WHERE chain_id = $1 AND hour >= $2 GROUP BY scope, subject`,
    [chainId, first, most],
  )
  return rows.map((row) => ({
    scope: row.scope,
    subject: row.subject,
    buckets: row.hours.map((hour: string, index: number) => ({
      hour: BigInt(hour),
      value: BigInt(row.values[index]),
    })),
  }))
}
