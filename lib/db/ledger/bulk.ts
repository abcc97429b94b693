import type { ClientBase } from 'pg'
import { binaryArray, type Cell, type Kind, types } from './binary'

/** A connection inside the transaction that its caller opened. */
export type Sql = Pick<ClientBase, 'query'>

export type Columns<Row> = Record<string, readonly [Kind, (row: Row) => Cell]>

/** A table, the columns that its rows fill besides chain_id, and what happens to rows that exist (default: an error). */
export type Table<Row> = { name: string; columns: Columns<Row>; conflict?: string }

const statements = new WeakMap<object, string>()

/** Inserts any number of rows in one statement. */
export async function insertRows<Row>(
  sql: Sql,
  table: Table<Row>,
  chainId: number,
  rows: readonly Row[],
): Promise<void> {
  for (const insert of insertsOf(table, chainId, rows)) await sql.query(insert)
}

export type Statement = { text: string; name: string; values: unknown[] }

/** The one statement that inserts these rows, or none if there are none. Values travel as one array a column. */
export function insertsOf<Row>(table: Table<Row>, chainId: number, rows: readonly Row[]): Statement[] {
  if (rows.length === 0) return []
  const columns = Object.values(table.columns)
  const values = columns.map(([kind, read]) => binaryArray(kind, rows, read))
  return [{ text: statementOf(table), name: `insert ${table.name}`, values: [chainId, ...values] }]
}

function statementOf<Row>(table: Table<Row>): string {
  const known = statements.get(table)
  if (known) return known
  const entries = Object.entries(table.columns)
  const names = entries.map(([name]) => `"${name}"`).join(', ')
  const selected = entries.map(([name, [kind]]) => (kind === 'json' ? `"${name}"::jsonb` : `"${name}"`))
  const arrays = entries.map(([, [kind]], index) => `$${index + 2}::${types[kind][0]}[]`)
  const statement =
    `INSERT INTO "${table.name}" ("chain_id", ${names}) SELECT $1::int, ${selected.join(', ')} ` +
    `FROM unnest(${arrays.join(', ')}) AS given(${names}) ${table.conflict ?? ''}`
  statements.set(table, statement)
  return statement
}

/** Deletes what a table has after a block. */
export async function deleteAfter(sql: Sql, table: string, chainId: number, block: bigint): Promise<void> {
  await sql.query(`DELETE FROM "${table}" WHERE chain_id = $1 AND block_number > $2`, [chainId, block])
}

/** A text[] parameter of values that need no quoting. */
export const hexArray = (values: Iterable<string>): string => `{${[...values].join(',')}}`
