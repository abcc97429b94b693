import { headers } from 'next/headers'
import { journalRefusal } from '@/lib/acts/journal-refusal'
import { refusedResponse } from '@/lib/acts/respond'
import { badOrigin, isOwnOrigin } from '@/lib/auth/origin'
import { findOfficer } from '@/lib/auth/require-officer'
import { refuse } from '@/lib/errors/refusal'

/** Where proxy.ts sends what did not come from this portal. It judges again: asked for directly there is nothing here. */
async function answer(): Promise<Response> {
  if (isOwnOrigin(await headers()))
    return refusedResponse(refuse('not-found', 'There is nothing here.').refusal)
  const { refusal } = badOrigin()
  const officer = await findOfficer()
  await journalRefusal(officer, 'request', officer?.username ?? 'unknown', refusal)
  return refusedResponse(refusal)
}

export { answer as DELETE, answer as PATCH, answer as POST, answer as PUT }
