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
export type Standing = {
  address: Address
  firmId: number
  country: number
  status: number
  tier: number
  expiry: bigint
  flagged: boolean
}

/** Identities decided upon, screened or moved after a block first, then any. */
export async function sampleStandings(
  sql: Sql,
  chainId: number,
  after: bigint,
  most: number,
): Promise<Standing[]> {
  const { rows } = await sql.query(
    `SELECT address, firm_id, country, status, tier, coalesce(extract(epoch FROM expiry), 0)::bigint AS expiry, flagged
     FROM identity WHERE chain_id = $1 ORDER BY (coalesce(decided_at, -1) > $2
       OR EXISTS (SELECT FROM screening s WHERE s.chain_id = $1 AND s.identity = address AND s.block_number > $2)
       OR EXISTS (SELECT FROM country_change c WHERE c.chain_id = $1 AND c.identity = address
         AND c.block_number > $2)) DESC, random() LIMIT $3`,
    [chainId, after, most],
  )
  return rows.map((row) => ({ ...row, firmId: row.firm_id, expiry: BigInt(row.expiry) }))
}

/** `until` in UNIX seconds; null: until lifted; 0: not frozen. */
export type Hold = { instrument: Address; account: Address; until: bigint | null; amount: bigint }

/** What is frozen of accounts, whole or in part: those that changed after a block first, then any. */
export async function sampleHolds(sql: Sql, chainId: number, after: bigint, most: number): Promise<Hold[]> {
  const { rows } = await sql.query(
    `WITH held AS (SELECT instrument, account, max(block_number) AS block FROM (
         SELECT instrument, account, block_number FROM "freeze" WHERE chain_id = $1
         UNION ALL SELECT instrument, account, block_number FROM frozen_amount WHERE chain_id = $1) touched
       GROUP BY instrument, account ORDER BY max(block_number) > $2 DESC, random() LIMIT $3)
     SELECT held.instrument, held.account, coalesce(hold.frozen, false) AS frozen,
       extract(epoch FROM hold.until)::bigint AS until, coalesce(part.amount, 0) AS amount
     FROM held LEFT JOIN LATERAL (SELECT frozen, until FROM "freeze" f WHERE f.chain_id = $1
         AND f.instrument = held.instrument AND f.account = held.account
         ORDER BY block_number DESC, log_index DESC LIMIT 1) hold ON true
       LEFT JOIN LATERAL (SELECT amount FROM frozen_amount f WHERE f.chain_id = $1
         AND f.instrument = held.instrument AND f.account = held.account
         ORDER BY block_number DESC, log_index DESC LIMIT 1) part ON true`,
    [chainId, after, most],
  )
  return rows.map((row) => ({
    instrument: row.instrument,
    account: row.account,
    until: row.frozen ? (row.until === null ? null : BigInt(row.until)) : 0n,
    amount: BigInt(row.amount),
  }))
}

/** The last word on each instrument's pause; `until` as of a hold. */
export async function listPauses(
  sql: Sql,
  chainId: number,
): Promise<{ instrument: Address; symbol: string; until: bigint | null }[]> {
  const { rows } = await sql.query(
    `SELECT address AS instrument, symbol, coalesce(last.paused, false) AS paused,
       extract(epoch FROM last.until)::bigint AS until
     FROM instrument LEFT JOIN LATERAL (SELECT paused, until FROM pause
       WHERE pause.chain_id = $1 AND pause.instrument = instrument.address
       ORDER BY block_number DESC, log_index DESC LIMIT 1) last ON true
     WHERE chain_id = $1 AND standard = 'plimsoll'`,
    [chainId],
  )
  return rows.map(({ instrument, symbol, paused, until }) => ({
    instrument,
    symbol,
    until: paused ? (until === null ? null : BigInt(until)) : 0n,
  }))
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
