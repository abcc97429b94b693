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
    const rows = await Promise.all(tables.map((table) => readTable(source!, table)))
    const started = performance.now()
    await target!.query('BEGIN')
    for (const [at, table] of tables.entries()) {
      await pipeline(
        Readable.from(rows[at]!),
        target!.query(copyFrom(`COPY "${table}" FROM STDIN (FORMAT binary)`)),
      )
    }
    await target!.query('COMMIT')
    const copy = (performance.now() - started) / 1000
    return { fetch: await ownRun(ground.chain, database, 'fetch'), copy }
  } finally {
    await Promise.all([source!.end(), target!.end()])
    await Promise.all([database.drop(), empty.drop()])
  }
}

async function readTable(client: pg.Client, table: string): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  for await (const chunk of client.query(copyTo(`COPY "${table}" TO STDOUT (FORMAT binary)`)))
    chunks.push(chunk)
  return chunks
}
