import pg from 'pg'
import { inject } from 'vitest'

export type JournalLine = {
  act: string
  subject: string
  detail: Record<string, unknown>
  person_id: string | null
}

/** From now on: which lines were added to the journal. Reads as the superuser, whom no policy hides a line from. */
export async function journalSince() {
  const { rows } = await query<{ seq: string }>('SELECT coalesce(max(seq), 0)::text AS seq FROM journal')
  const from = rows[0]!.seq
  return {
    list: async (): Promise<JournalLine[]> =>
      (
        await query<JournalLine>(
          'SELECT act, subject, detail, person_id FROM journal WHERE seq > $1 ORDER BY seq',
          [from],
        )
      ).rows,
  }
}

/** SQL as the superuser, for what no role of ours may do: to age a session, to disable a person. */
export async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: inject('portal').superUrl })
  await client.connect()
  try {
    return await client.query<Row>(sql, values)
  } finally {
    await client.end()
  }
}
