import type { Address, Hex } from 'viem'
import type { Sql } from './bulk'

/** What the ledger says of values that the chain can be asked for. */

/** Some of the rows, those that changed after a block first; or the page of all that begins beyond a key. */
export type Part = { most: number } & ({ changedAfter: bigint } | { beyond: readonly string[] })

export type Holding = { instrument: Address; account: Address; amount: bigint }

/** Of a sample only what moved. Key: instrument, account. */
export async function listHoldings(sql: Sql, chainId: number, part: Part): Promise<Holding[]> {
  const [chosen, values] =
    'beyond' in part
      ? ['(instrument, account) > ($3, $4) ORDER BY instrument, account', part.beyond]
      : ['block_number > $3 ORDER BY random()', [part.changedAfter]]
  const { rows } = await sql.query(
    `SELECT instrument, account, amount FROM balance WHERE chain_id = $1 AND ${chosen} LIMIT $2`,
    [chainId, part.most, ...values],
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

/** Of a sample those decided upon, screened or moved first, then any. Key: address. */
export async function listStandings(sql: Sql, chainId: number, part: Part): Promise<Standing[]> {
  const [chosen, values] =
    'beyond' in part
      ? ['address > $3 ORDER BY address', part.beyond]
      : [
          `true ORDER BY (coalesce(decided_at, -1) > $3
            OR EXISTS (SELECT FROM screening s WHERE s.chain_id = $1 AND s.identity = address AND s.block_number > $3)
            OR EXISTS (SELECT FROM country_change c WHERE c.chain_id = $1 AND c.identity = address
              AND c.block_number > $3)) DESC, random()`,
          [part.changedAfter],
        ]
  const { rows } = await sql.query(
    `SELECT address, firm_id, country, status, tier, coalesce(extract(epoch FROM expiry), 0)::bigint AS expiry, flagged
     FROM identity WHERE chain_id = $1 AND ${chosen} LIMIT $2`,
    [chainId, part.most, ...values],
  )
  return rows.map((row) => ({ ...row, firmId: row.firm_id, expiry: BigInt(row.expiry) }))
}

/** `until` in UNIX seconds; null: until lifted; 0: not frozen. */
export type Hold = { instrument: Address; account: Address; until: bigint | null; amount: bigint }

/**
 * What is frozen of accounts, whole or in part; of a sample those that changed first. Key: instrument, account. `only`:
 * of one instrument those that changed last.
 */
export async function listHolds(
  sql: Sql,
  chainId: number,
  part: Part | { most: number; only: Address },
): Promise<Hold[]> {
  const [chosen, values] =
    'only' in part
      ? ['HAVING instrument = $3 ORDER BY max(block_number) DESC, account', [part.only]]
      : 'beyond' in part
        ? ['HAVING (instrument, account) > ($3, $4) ORDER BY instrument, account', part.beyond]
        : ['ORDER BY max(block_number) > $3 DESC, random()', [part.changedAfter]]
  const { rows } = await sql.query(
    `WITH held AS (SELECT instrument, account FROM (
         SELECT instrument, account, block_number FROM "freeze" WHERE chain_id = $1
         UNION ALL SELECT instrument, account, block_number FROM frozen_amount WHERE chain_id = $1) touched
       GROUP BY instrument, account ${chosen} LIMIT $2)
     SELECT held.instrument, held.account, coalesce(hold.frozen, false) AS frozen,
       extract(epoch FROM hold.until)::bigint AS until, coalesce(part.amount, 0) AS amount
     FROM held LEFT JOIN LATERAL (SELECT frozen, until FROM "freeze" f WHERE f.chain_id = $1
         AND f.instrument = held.instrument AND f.account = held.account
         ORDER BY block_number DESC, log_index DESC LIMIT 1) hold ON true
       LEFT JOIN LATERAL (SELECT amount FROM frozen_amount f WHERE f.chain_id = $1
         AND f.instrument = held.instrument AND f.account = held.account
         ORDER BY block_number DESC, log_index DESC LIMIT 1) part ON true
     ORDER BY 1, 2`,
    [chainId, part.most, ...values],
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

/** Hours from `first` on; of a sample all firms before any identities. Key: scope, subject. */
export async function listFlowSums(sql: Sql, chainId: number, first: bigint, part: Part): Promise<FlowSum[]> {
  const [chosen, values] =
    'beyond' in part
      ? ['HAVING (scope, subject) > ($4::int, $5) ORDER BY scope, subject', part.beyond]
      : ['ORDER BY scope DESC, random()', []]
  const { rows } = await sql.query(
    `WITH subjects AS (SELECT scope, subject FROM flow WHERE chain_id = $1 AND hour >= $3 GROUP BY scope, subject
       ${chosen} LIMIT $2)
     SELECT scope, subject, array_agg(hour::text) AS hours, array_agg(value::text) AS values
     FROM flow JOIN subjects USING (scope, subject) WHERE chain_id = $1 AND hour >= $3
     GROUP BY scope, subject ORDER BY scope, subject`,
    [chainId, part.most, first, ...values],
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

/** The last word on every account that ever had a role. */
export async function listRoles(
  sql: Sql,
  chainId: number,
): Promise<{ account: Address; person: Hex; roles: bigint }[]> {
  const { rows } = await sql.query(
    `SELECT DISTINCT ON (account) account, person, roles FROM role_grant WHERE chain_id = $1
     ORDER BY account, block_number DESC, log_index DESC`,
    [chainId],
  )
  return rows.map((row) => ({ ...row, roles: BigInt(row.roles) }))
}

/** Customers who hold something. Key: address. */
export async function listHolders(
  sql: Sql,
  chainId: number,
  beyond: string,
  most: number,
): Promise<{ identity: Address; firmId: number }[]> {
  const { rows } = await sql.query(
    `SELECT address AS identity, firm_id FROM identity WHERE chain_id = $1 AND address > $2 AND EXISTS (
       SELECT FROM account a JOIN balance b ON b.chain_id = a.chain_id AND b.account = a.address AND b.amount > 0
       WHERE a.chain_id = $1 AND a.identity = identity.address)
     ORDER BY address LIMIT $3`,
    [chainId, beyond, most],
  )
  return rows.map((row) => ({ identity: row.identity, firmId: row.firm_id }))
}
