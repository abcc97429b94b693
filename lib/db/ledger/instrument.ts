import type { Address } from 'viem'
import type { Standard } from '../../chain/adapters/all'
import { hexArray, insertRows, type Sql, type Table } from './bulk'

export type InstrumentRow = {
  address: Address
  symbol: string
  name: string
  decimals: number
  standard: Standard
  startBlock: bigint
}

const instruments: Table<InstrumentRow> = {
  name: 'instrument',
  columns: {
    address: ['hex', (row) => row.address],
    symbol: ['text', (row) => row.symbol],
    name: ['text', (row) => row.name],
    decimals: ['int', (row) => row.decimals],
    standard: ['text', (row) => row.standard],
    start_block: ['bigint', (row) => row.startBlock],
  },
  conflict: `ON CONFLICT (chain_id, address) DO UPDATE SET symbol = excluded.symbol, name = excluded.name,
    decimals = excluded.decimals, standard = excluded.standard, start_block = excluded.start_block`,
}

export const upsertInstruments = (sql: Sql, chainId: number, rows: readonly InstrumentRow[]) =>
  insertRows(sql, instruments, chainId, rows)

/** Adds to total supplies what was minted less what was burnt. */
export async function updateSupplies(
  sql: Sql,
  chainId: number,
  changes: ReadonlyMap<Address, bigint>,
): Promise<void> {
  for (const [address, change] of changes) {
    if (change === 0n) continue
    await sql.query(
      'UPDATE instrument SET total_supply = total_supply + $3::numeric WHERE chain_id = $1 AND address = $2',
      [chainId, address, String(change)],
    )
  }
}

export async function findSupplies(
  sql: Sql,
  chainId: number,
  addresses: Iterable<Address>,
): Promise<Map<Address, bigint>> {
  const { rows } = await sql.query({
    name: 'supplies',
    text: 'SELECT address, total_supply FROM instrument WHERE chain_id = $1 AND address = ANY($2::text[])',
    values: [chainId, hexArray(addresses)],
  })
  return new Map(rows.map((row) => [row.address, BigInt(row.total_supply)]))
}
