import type { Address, Hex } from 'viem'
import { deleteAfter, hexArray, insertRows, type Sql, type Table } from './bulk'

export type IdentityRow = {
  address: Address
  firmId: number
  country: number
  status: number
  evidence: Hex
  blockNumber: bigint
}
/** `expiry` in UNIX seconds, exclusive; null: none. `time` in UNIX seconds. */
export type KycDecisionRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  identity: Address
  firmId: number
  status: number
  tier: number
  expiry: bigint | null
  evidence: Hex
  orderId: Hex
}

const identities: Table<IdentityRow> = {
  name: 'identity',
  columns: {
    address: ['hex', (row) => row.address],
    firm_id: ['int', (row) => row.firmId],
    country: ['int', (row) => row.country],
    status: ['int', (row) => row.status],
    tier: ['int', () => 0],
    evidence: ['hex', (row) => row.evidence],
    block_number: ['bigint', (row) => row.blockNumber],
  },
}

const decisions: Table<KycDecisionRow> = {
  name: 'kyc_decision',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    identity: ['hex', (row) => row.identity],
    firm_id: ['int', (row) => row.firmId],
    status: ['int', (row) => row.status],
    tier: ['int', (row) => row.tier],
    expiry: ['time', (row) => row.expiry],
    evidence: ['hex', (row) => row.evidence],
    order_id: ['hex', (row) => row.orderId],
  },
}

export const insertIdentities = (sql: Sql, chainId: number, rows: IdentityRow[]) =>
  insertRows(sql, identities, chainId, rows)

/** Writes the decisions, and the standing that the last of them gave to each identity. */
export async function insertKycDecisions(sql: Sql, chainId: number, rows: KycDecisionRow[]): Promise<void> {
  if (rows.length === 0) return
  await insertRows(sql, decisions, chainId, rows)
  await updateStandings(sql, chainId, new Set(rows.map(({ identity }) => identity)))
}

export async function deleteKycDecisionsAfter(sql: Sql, chainId: number, block: bigint): Promise<void> {
  const { rows } = await sql.query(
    'DELETE FROM kyc_decision WHERE chain_id = $1 AND block_number > $2 RETURNING identity',
    [chainId, block],
  )
  await updateStandings(sql, chainId, new Set(rows.map(({ identity }) => identity)))
}

export const deleteIdentitiesAfter = (sql: Sql, chainId: number, block: bigint) =>
  deleteAfter(sql, 'identity', chainId, block)

/** An identity stands as its last decision says; one without a decision is pending (1). */
async function updateStandings(sql: Sql, chainId: number, touched: ReadonlySet<string>): Promise<void> {
  if (touched.size === 0) return
  await sql.query(
    `UPDATE identity SET status = coalesce(last.status, 1), tier = coalesce(last.tier, 0), expiry = last.expiry,
       evidence = coalesce(last.evidence, '0x' || repeat('0', 64)), decided_at = last.block_number
     FROM unnest($2::text[]) AS touched(address) LEFT JOIN LATERAL (
       SELECT status, tier, expiry, evidence, block_number FROM kyc_decision
       WHERE chain_id = $1 AND identity = touched.address
       ORDER BY block_number DESC, log_index DESC LIMIT 1) AS last ON true
     WHERE identity.chain_id = $1 AND identity.address = touched.address`,
    [chainId, hexArray(touched)],
  )
}

/** The firm that answers for each identity that is known. */
export async function listIdentityFirms(
  sql: Sql,
  chainId: number,
  addresses: Iterable<string>,
): Promise<Map<Address, number>> {
  const { rows } = await sql.query({
    name: 'identity firms',
    text: 'SELECT address, firm_id FROM identity WHERE chain_id = $1 AND address = ANY($2::text[])',
    values: [chainId, hexArray(addresses)],
  })
  return new Map(rows.map((row) => [row.address, row.firm_id]))
}
