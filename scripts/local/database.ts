import pg from 'pg'
import type { Book } from './book'
import { sameOrFreePort } from './ports'
import { startPostgres } from './postgres'
import type { StateDirectory } from './state'

export const NAME = 'plimsoll'

export type Database = {
  /** Of the role that owns the tables; for migrations alone. */
  ownerUrl: string
  /** Of a sibling database, to make and drop ours from. */
  maintenanceUrl: string
  embedded: boolean
  pid?: number
  stop: () => Promise<void>
}

export async function openEmbeddedDatabase(state: StateDirectory, book: Book): Promise<Database> {
  const port = await sameOrFreePort(book.ports.database)
  const server = await startPostgres({ dataDir: state.path('postgres'), port })
  book.rememberPort('database', server.port)
  return {
    ownerUrl: server.ownerUrl(NAME),
    maintenanceUrl: server.ownerUrl('postgres'),
    embedded: true,
    pid: server.pid,
    stop: server.stop,
  }
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const nameServer = (url: string): Promise<string> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version",
    )
    return `PostgreSQL ${rows[0]?.version} on ${new URL(url).host}`
  })

/** Forgets everything in our own embedded database, whoever is connected. */
export const dropDatabase = (database: Database) =>
  withClient(database.maintenanceUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`),
  )
