import type { ClientBase } from 'pg'

/** A connection inside the transaction that its caller opened. */
export type Sql = Pick<ClientBase, 'query'>

type Cell = string | number | bigint | boolean | null

/** `hex` and the numbers need no quoting, which is most of the cost of writing; `time` is UNIX seconds. */
type Kind = 'hex' | 'text' | 'bigint' | 'int' | 'numeric' | 'bool' | 'time' | 'json'

export type Columns<Row> = Record<string, readonly [Kind, (row: Row) => Cell]>

const types: Record<Kind, string> = {
  hex: 'text',
  text: 'text',
  bigint: 'bigint',
  int: 'int',
  numeric: 'numeric',
  bool: 'boolean',
  time: 'bigint',
  json: 'text',
}

/** A table, the columns that its rows fill besides chain_id, and what happens to rows that exist (default: an error). */
export type Table<Row> = { name: string; columns: Columns<Row>; conflict?: string }

const statements = new WeakMap<object, string>()

/** Inserts any number of rows in one statement. Values travel as one array a column. */
export async function insertRows<Row>(
  sql: Sql,
  table: Table<Row>,
  chainId: number,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.values(table.columns)
  const values = columns.map(([kind, read]) => arrayLiteral(kind, rows, read))
  await sql.query({ text: statementOf(table), name: `insert ${table.name}`, values: [chainId, ...values] })
}

function statementOf<Row>(table: Table<Row>): string {
  const known = statements.get(table)
  if (known) return known
  const entries = Object.entries(table.columns)
  const names = entries.map(([name]) => `"${name}"`).join(', ')
  const selected = entries.map(([name, [kind]]) => {
    if (kind === 'time') return `to_timestamp("${name}")`
    return kind === 'json' ? `"${name}"::jsonb` : `"${name}"`
  })
  const arrays = entries.map(([, [kind]], index) => `$${index + 2}::${types[kind]}[]`)
  const statement =
    `INSERT INTO "${table.name}" ("chain_id", ${names}) SELECT $1::int, ${selected.join(', ')} ` +
    `FROM unnest(${arrays.join(', ')}) AS given(${names}) ${table.conflict ?? ''}`
  statements.set(table, statement)
  return statement
}

/** PostgreSQL's text form of an array, made here because the driver's own escapes every value. */
function arrayLiteral<Row>(kind: Kind, rows: readonly Row[], read: (row: Row) => Cell): string {
  const quoted = kind === 'text' || kind === 'json'
  let text = ''
  for (const row of rows) {
    const value = read(row)
    text += text === '' ? '{' : ','
    if (value === null) text += 'NULL'
    else if (quoted) text += `"${clean(String(value)).replace(/["\\]/g, '\\$&')}"`
    else text += String(value)
  }
  return `${text}}`
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair; contracts may send both in a name. */
const clean = (text: string) => Buffer.from(text).toString().replaceAll('\0', '\uFFFD')

/** Deletes what a table has after a block. */
export async function deleteAfter(sql: Sql, table: string, chainId: number, block: bigint): Promise<void> {
  await sql.query(`DELETE FROM "${table}" WHERE chain_id = $1 AND block_number > $2`, [chainId, block])
}

/** A text[] parameter of values that need no quoting. */
export const hexArray = (values: Iterable<string>): string => `{${[...values].join(',')}}`
