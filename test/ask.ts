import pg from 'pg'

/**
 * One statement on a connection of its own and in a transaction that is never committed. `actor` is set as
 * lib/db/client does it: { person_id, role, firm_id }.
 */
export async function ask(
  connectionString: string,
  statement: string,
  actor: Record<string, string> = {},
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('BEGIN')
    for (const [name, value] of Object.entries(actor)) {
      await client.query('SELECT set_config($1, $2, true)', [`app.${name}`, value])
    }
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
