import pg from 'pg'
import type { JournalDetail } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { findSignedIn, openSession } from '@/lib/auth/session'
import { hashToken } from '@/lib/auth/token'
import { withGate } from '@/lib/db/client'
import { findPersonByUsername } from '@/lib/db/person'

/** Somebody of the demonstration with a session of their own, as a request would find them. Needs seedPeople. */
export async function signedIn(username: string): Promise<Officer> {
  return withGate(async (tx) => {
    const person = await findPersonByUsername(tx, username)
    if (!person) throw new Error(`There is nobody called ${username}: seedPeople first`)
    const found = await findSignedIn(tx, hashToken(await openSession(tx, person.id, 'vitest')))
    if (!found) throw new Error(`The session of ${username} is not live`)
    return found.officer
  })
}

type Line = { act: string; subject: string; person_id: string | null; detail: JournalDetail }

/** What was written to the journal since the last time it was asked, the oldest first. */
export function journalReader(database: { superUrl: string }): () => Promise<Line[]> {
  let last = '0'
  return async () => {
    const client = new pg.Client({ connectionString: database.superUrl })
    await client.connect()
    const sql = 'SELECT seq, act, subject, person_id, detail FROM journal WHERE seq > $1 ORDER BY seq'
    const { rows } = await client.query<Line & { seq: string }>(sql, [last])
    await client.end()
    last = rows.at(-1)?.seq ?? last
    return rows.map(({ seq: _seq, ...line }) => line)
  }
}
