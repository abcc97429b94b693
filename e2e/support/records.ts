import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { claimDataDirectory, findDatabaseUser } from '@/scripts/local/postgres-user'

/** What the portal's database holds, read as the superuser, from whom no policy hides a row. */

const directory = resolve(process.env.PLIMSOLL_STATE ?? '.plimsoll')
const dataDir = join(directory, 'postgres')

async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
  const { ports } = JSON.parse(readFileSync(join(directory, 'launcher.json'), 'utf8'))
  const password = readFileSync(`${claimDataDirectory(dataDir, findDatabaseUser(dataDir))}.password`, 'utf8')
  const client = new pg.Client({
    host: '127.0.0.1',
    port: ports.database,
    user: 'postgres',
    password,
    database: 'plimsoll',
  })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

type JournalLine = { act: string; subject: string; detail: Record<string, unknown> }

/** From now on: what the journal says of this person. */
export async function journalOf(username: string): Promise<() => Promise<JournalLine[]>> {
  const [last] = await query<{ seq: string }>('SELECT coalesce(max(seq), 0)::text AS seq FROM journal', [])
  return () =>
    query<JournalLine>(
      `SELECT j.act, j.subject, j.detail FROM journal j JOIN person p ON p.id = j.person_id
       WHERE p.username = $1 AND j.seq > $2 ORDER BY j.seq`,
      [username, last!.seq],
    )
}

/** References of the orders about an identity, and of the transactions that were taken for an order. */
export const ordersAbout = async (subject: string): Promise<string[]> =>
  (
    await query<{ reference: string }>(
      'SELECT reference FROM officer_order WHERE subject = $1 ORDER BY reference',
      [subject],
    )
  ).map(({ reference }) => reference)

export const submissionsFor = async (reference: string): Promise<string[]> =>
  (
    await query<{ tx_hash: string }>(
      `SELECT s.tx_hash FROM submission s JOIN officer_order o ON o.id = s.order_id WHERE o.reference = $1`,
      [reference],
    )
  ).map(({ tx_hash }) => tx_hash)

/** Whether everything up to this block is written. */
export const isIndexed = async (block: bigint): Promise<boolean> =>
  BigInt(
    (await query<{ number: string }>('SELECT max(number)::text AS number FROM cursor', []))[0]!.number,
  ) >= block

export const countReports = async (): Promise<number> =>
  (await query<{ count: number }>('SELECT count(*)::int AS count FROM report', []))[0]!.count

/** Another account of the authority with the role, the password and no more of an existing one; and its wallet. */
export async function addPerson(
  username: string,
  { like, name, chainPerson, wallet }: { like: string; name: string; chainPerson: string; wallet: string },
): Promise<void> {
  const added = await query<{ id: string }>(
    `INSERT INTO person (id, username, name, side, role, firm_id, password_hash, chain_person)
     SELECT gen_random_uuid(), $1, $2, side, role, firm_id, password_hash, $3 FROM person WHERE username = $4
     ON CONFLICT (username) DO UPDATE SET name = excluded.name RETURNING id`,
    [username, name, chainPerson, like],
  )
  await query(
    `INSERT INTO wallet (chain_id, address, person_id) SELECT 31337, $1, $2 WHERE NOT EXISTS (
       SELECT FROM wallet WHERE address = $1)`,
    [wallet.toLowerCase(), added[0]!.id],
  )
}
