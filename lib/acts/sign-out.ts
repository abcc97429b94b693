import 'server-only'
import { record } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { closeSession } from '@/lib/auth/session'
import { withGate } from '@/lib/db/client'
import { accept, type Result } from '@/lib/errors/refusal'

/** Ends the session in the database, so that a copy of the cookie is worth nothing either. */
export async function signOut(officer: Officer): Promise<Result<null>> {
  await withGate(async (tx) => {
    const ended = await closeSession(tx, officer.sessionId)
    if (ended) await record(tx, officer, { act: 'sign-out', subject: officer.username })
  })
  return accept(null)
}
