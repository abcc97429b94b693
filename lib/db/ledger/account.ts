import type { Address } from 'viem'
import { hexArray, insertRows, type Sql, type Table } from './bulk'
import { recount } from './holding'

export type AccountRow = { address: Address; identity: Address; firmId: number; blockNumber: bigint }
export type AccountHolder = { identity: Address; firmId: number }

const accounts: Table<AccountRow> = {
  name: 'account',
  columns: {
    address: ['hex', (row) => row.address],
    identity: ['hex', (row) => row.identity],
    firm_id: ['int', (row) => row.firmId],
    block_number: ['bigint', (row) => row.blockNumber],
  },
}

/** Balances that the accounts had before anybody answered for them become their firm's. */
export async function insertAccounts(sql: Sql, chainId: number, rows: AccountRow[]): Promise<void> {
  if (rows.length === 0) return
  await insertRows(sql, accounts, chainId, rows)
  await giveBalances(
    sql,
    chainId,
    rows.map(({ address }) => address),
  )
}

export async function deleteAccountsAfter(sql: Sql, chainId: number, block: bigint): Promise<void> {
  const { rows } = await sql.query(
    'DELETE FROM account WHERE chain_id = $1 AND block_number > $2 RETURNING address',
    [chainId, block],
  )
  await giveBalances(
    sql,
    chainId,
    rows.map(({ address }) => address),
  )
}

/** To the firms that answer for these accounts now; to nobody where none does. */
async function giveBalances(sql: Sql, chainId: number, addresses: readonly Address[]): Promise<void> {
  const { rows: held } = await sql.query(
    'SELECT instrument, account FROM balance WHERE chain_id = $1 AND account = ANY($2::text[])',
    [chainId, hexArray(addresses)],
  )
  await recount(sql, chainId, held, () =>
    sql.query(
      `UPDATE balance SET firm_id = (SELECT firm_id FROM account a WHERE a.chain_id = $1 AND a.address = balance.account)
       WHERE chain_id = $1 AND account = ANY($2::text[])`,
      [chainId, hexArray(addresses)],
    ),
  )
}

/** `before`: only those that were linked before this block. */
export async function listAccountHolders(
  sql: Sql,
  chainId: number,
  addresses: Iterable<string>,
  before?: bigint,
): Promise<Map<Address, AccountHolder>> {
  const { rows } = await sql.query({
    name: 'account holders',
    text: `SELECT address, identity, firm_id FROM account WHERE chain_id = $1 AND address = ANY($2::text[])
      AND ($3::bigint IS NULL OR block_number < $3)`,
    values: [chainId, hexArray(addresses), before ?? null],
  })
  return new Map(rows.map((row) => [row.address, { identity: row.identity, firmId: row.firm_id }]))
}
