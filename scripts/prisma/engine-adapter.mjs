import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

// Commands that read no database still want an adapter; this address is never dialled.
const nowhere = 'postgresql://postgres@127.0.0.1:1/none'

/** pg's driver adapter, with the four things mended on which the schema engine stumbles. */
export function openAdapter({ url = nowhere, shadowDatabaseUrl }) {
  const { address, schema } = split(url)
  const connect = async (connectionString) =>
    mend(await new PrismaPg({ connectionString }, { schema }).connect())
  const adapter = new PrismaPg({ connectionString: address }, { schema })
  adapter.connect = () => connect(address)
  // The adapter's own version hands pg both a connection string and a database name, and pg lets the string win:
  // the "shadow" would be the main database.
  adapter.connectToShadowDb = () =>
    shadowDatabaseUrl ? connect(split(shadowDatabaseUrl).address) : connectToNewShadow(address, connect)
  return adapter
}

async function connectToNewShadow(address, connect) {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
  await withMaintenance(address, (client) => client.query(`CREATE DATABASE "${name}"`))
  const shadow = new URL(address)
  shadow.pathname = `/${name}`
  const connection = await connect(shadow.toString())
  const dispose = connection.dispose.bind(connection)
  connection.dispose = async () => {
    await dispose()
    await withMaintenance(address, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))
  }
  return connection
}

/**
 * Runs `work(client, databaseName)` on the maintenance database of the server that `url` names,
 * or with `same` on that very database.
 */
export async function withMaintenance(url, work, { same = false } = {}) {
  const address = new URL(split(url).address)
  const name = decodeURIComponent(address.pathname.slice(1))
  if (!same) address.pathname = '/postgres'
  const client = new pg.Client({ connectionString: address.toString() })
  await client.connect()
  try {
    return await work(client, name)
  } finally {
    await client.end()
  }
}

/** `schema` is a parameter of Prisma's own, which the server would refuse. */
function split(url) {
  const address = new URL(url)
  const schema = address.searchParams.get('schema') ?? undefined
  address.searchParams.delete('schema')
  return { address: address.toString(), schema }
}

// Catalogue columns of type "char" (18, arrays 1002): the adapter refuses them, and the engine panics if it is
// given text. They pass as bpchar (1042, 1014) and are declared as characters afterwards.
const chars = {
  18: { as: 1042, type: ColumnTypeEnum.Character },
  1002: { as: 1014, type: ColumnTypeEnum.CharacterArray },
}

function mend(connection) {
  const performIO = connection.performIO.bind(connection)
  const queryRaw = connection.queryRaw.bind(connection)
  let found = []
  connection.performIO = async (query) => {
    const result = await performIO(query)
    found = []
    for (const [index, field] of (result.fields ?? []).entries()) {
      const char = chars[field.dataTypeID]
      if (!char) continue
      field.dataTypeID = char.as
      found.push([index, char.type])
    }
    return result
  }
  // The adapter cuts a script at every semicolon, also within a function's body. The server parses it better, and
  // takes the whole as one transaction: a migration is applied or it is not.
  connection.executeScript = async (script) => {
    await connection
      .underlyingDriver()
      .query(script)
      .catch((error) => connection.onError(error))
  }
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const [index, type] of found) result.columnTypes[index] = type
    return result
  }
  return connection
}
