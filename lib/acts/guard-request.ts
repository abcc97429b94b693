import 'server-only'
import type { Deed } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { badOrigin, isOwnOrigin } from '@/lib/auth/origin'
import { findOfficer } from '@/lib/auth/require-officer'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { journalRefusal } from './journal-refusal'

/**
 * For route handlers what define-action is for actions: origin where something changes, and identity. What the
 * officer may do is asked inside the act. A refusal has its line in the journal when this returns.
 */
export async function guardRequest(request: Request, deed: Deed): Promise<Result<Officer>> {
  const officer = await findOfficer()
  const refused = async (result: ReturnType<typeof refuse>) => {
    await journalRefusal(officer, deed, officer?.username ?? 'unknown', result.refusal)
    return result
  }
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads && !isOwnOrigin(request.headers)) return refused(badOrigin())
  return officer ? accept(officer) : refused(refuse('signed-out', 'You are signed out. Sign in again.'))
}
