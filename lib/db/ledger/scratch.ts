import pg from 'pg'
import type { Sql } from './bulk'
import { ledgerTables } from './digest'

/**
 * Empty ledger tables in a schema of their own beside the live ones, with the same constraints and no row security.
 * @param ownerUrl Of the role that owns the tables: only it may make a schema.
 */
export async function openScratchLedger(
  ownerUrl: string,
): Promise<{ pool: pg.Pool; drop: () => Promise<void> }> {
  const schema = `reindex_${process.pid}_${Date.now()}`
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4, options: `-c search_path=${schema}` })
  await dropAbandoned(pool)
  await pool.query(`CREATE SCHEMA ${schema}`)
  for (const table of ledgerTables) {
    await pool.query(`CREATE TABLE ${schema}."${table}" (LIKE public."${table}" INCLUDING ALL)`)
  }
  const drop = async () => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  }
  return { pool, drop }
}

/** Those of runs that were killed: older than a day. */
async function dropAbandoned(sql: Sql): Promise<void> {
  const { rows } = await sql.query(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname ~ '^reindex_[0-9]+_[0-9]+$'",
  )
  for (const { name } of rows) {
    const age = Date.now() - Number(name.split('_')[2])
    if (age > 86_400_000) await sql.query(`DROP SCHEMA ${name} CASCADE`)
  }
}

/** What the live tables keep of a replay: the node may not be able to do it again. */
export async function findRecordedRevert(sql: Sql, chainId: number, blockHash: string, index: number) {
  const { rows } = await sql.query(
    `SELECT receipt.revert_data AS data, coalesce(refused_transfer.reason, '') AS note FROM block
     JOIN receipt ON receipt.chain_id = block.chain_id AND receipt.block_number = block.number AND receipt.index = $3
     LEFT JOIN refused_transfer ON refused_transfer.chain_id = block.chain_id
       AND refused_transfer.block_number = block.number AND refused_transfer.tx_index = $3
     WHERE block.chain_id = $1 AND block.hash = $2`,
    [chainId, blockHash, index],
  )
  return rows[0] as { data: `0x${string}` | null; note: string } | undefined
}
