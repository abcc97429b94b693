import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { freshDatabase } from '../postgres'
import { type Ground, ownRun } from './competitors'

/** Whose rows come with a transfer. */
const tables = ['block', 'transaction', 'receipt', 'log', 'transfer', 'balance']

/**
 * What cannot be beaten without asking less of the node or keeping less: seconds for fetching the same blocks and
 * receipts and for parsing them as JSON, and for a binary COPY of the same rows into the same tables by a superuser,
 * whom row security does not concern. One after the other, so the two may overlap in a real run.
 */
export async function timeRawLimit(ground: Ground): Promise<{ fetch: number; copy: number }> {
  const database = await freshDatabase(ground.cluster)
  const empty = await freshDatabase(ground.cluster)
  const [source, target] = [database, empty].map(
    ({ superUrl }) => new pg.Client({ connectionString: superUrl }),
  )
  try {
    await Promise.all([source!.connect(), target!.connect()])
    await ownRun(ground.chain, database, 'index')
    const read: { into: string; rows: Buffer[] }[] = []
    for (const table of tables) read.push(await readTable(source!, table))
    await target!.query('SELECT open_chain($1), open_blocks($1, 0, $2)', [31337, ground.chain.head])
    const started = performance.now()
    await target!.query('BEGIN')
    for (const { into, rows } of read) {
      await pipeline(Readable.from(rows), target!.query(copyFrom(`COPY ${into} FROM STDIN (FORMAT binary)`)))
    }
    await target!.query('COMMIT')
    const copy = (performance.now() - started) / 1000
    return { fetch: await ownRun(ground.chain, database, 'fetch'), copy }
  } finally {
    await Promise.all([source!.end(), target!.end()])
    await Promise.all([database.drop(), empty.drop()])
  }
}

/** Of all partitions, without what the table computes by itself. */
async function readTable(client: pg.Client, table: string): Promise<{ into: string; rows: Buffer[] }> {
  const { rows: names } = await client.query(
    `SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
     FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  )
  const [{ columns }] = names
  const rows: Buffer[] = []
  const copy = copyTo(`COPY (SELECT ${columns} FROM "${table}") TO STDOUT (FORMAT binary)`)
  for await (const chunk of client.query(copy)) rows.push(chunk)
  return { into: `"${table}" (${columns})`, rows }
}
