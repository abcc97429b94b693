import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { askGate } from '@/lib/db/client'
import { cookieName } from './cookies'
import type { Officer } from './officer'
import { pathHeader, signInPath } from './paths'
import { openSeal } from './seal'
import { findManySignedIn, findSignedIn, touchSession } from './session'
import { hashToken } from './token'

/** Whoever is signed in, read afresh from the database once a request. For route handlers and public pages. */
export const findOfficer = cache(async (): Promise<Officer | null> => {
  const token = await presentedToken()
  if (!token) return null
  return askGate(async (db) => {
    const found = await findSignedIn(db, hashToken(token))
    if (found) await touchSession(db, found)
    return found?.officer ?? null
  })
})

/** For pages. Whoever is not signed in goes to the sign-in page, and from there back to the page they asked for. */
export async function requireOfficer(): Promise<Officer> {
  const officer = await findOfficer()
  return officer ?? redirect(signInPath((await headers()).get(pathHeader)))
}

/**
 * Which of these may go on with what outlives a request: the same officer as the database has them now. Not among them
 * is whose session ended, who was disabled or may see something else. Does not keep an idle session alive.
 */
export async function findStillSignedIn(officers: readonly Officer[]): Promise<ReadonlySet<Officer>> {
  const ids = [...new Set(officers.map(({ sessionId }) => sessionId))]
  const fresh = await askGate((db) => findManySignedIn(db, ids))
  return new Set(
    officers.filter(({ sessionId, role, firmId }) => {
      const now = fresh.get(sessionId)
      return now?.role === role && now.firmId === firmId
    }),
  )
}

export async function presentedToken(): Promise<string | undefined> {
  return openSeal((await cookies()).get(cookieName('session'))?.value)
}
