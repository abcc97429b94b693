import 'server-only'
import { record } from '@/lib/audit/journal'
import { may, type Officer } from '@/lib/auth/officer'
import { closeSession } from '@/lib/auth/session'
import { withGate } from '@/lib/db/client'
import { findSession } from '@/lib/db/session'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import type { RevokeSessionInput } from './sessions.schema'

/**
 * Ends one's own session, or with `revoke:session` anybody's, from its next request on. A session of somebody else
 * is answered as one that does not exist.
 */
export async function revokeSession(
  officer: Officer,
  { sessionId }: RevokeSessionInput,
): Promise<Result<null>> {
  return withGate(async (tx) => {
    const session = await findSession(tx, sessionId)
    const mine = session?.person.id === officer.personId
    if (!session || !(mine || may(officer, 'revoke:session'))) return noSuchSession
    if (!(await closeSession(tx, sessionId))) return noSuchSession
    await record(tx, officer, {
      act: 'revoke:session',
      subject: session.person.username,
      detail: { session: sessionId.slice(0, 12), own: mine },
    })
    return accept(null)
  })
}

const noSuchSession = refuse('not-found', 'There is no such session, or it has ended already.')
