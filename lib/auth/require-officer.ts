import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { withGate } from '@/lib/db/client'
import { cookieName } from './cookies'
import type { Officer } from './officer'
import { pathHeader, signInPath } from './paths'
import { openSeal } from './seal'
import { findSignedIn, touchSession } from './session'
import { hashToken } from './token'

/** Whoever is signed in, read afresh from the database once a request. For route handlers and public pages. */
export const findOfficer = cache(async (): Promise<Officer | null> => {
  const token = await presentedToken()
  if (!token) return null
  return withGate(async (tx) => {
    const found = await findSignedIn(tx, hashToken(token))
    if (found) await touchSession(tx, found)
    return found?.officer ?? null
  })
})

/** For pages. Whoever is not signed in goes to the sign-in page, and from there back to the page they asked for. */
export async function requireOfficer(): Promise<Officer> {
  const officer = await findOfficer()
  return officer ?? redirect(signInPath((await headers()).get(pathHeader)))
}

/**
 * Whether a stream that outlives its request may go on: the same officer as the database has them now, or null once
 * the session ended, the person was disabled or may see something else. Does not keep an idle session alive.
 */
export async function refreshOfficer(officer: Officer): Promise<Officer | null> {
  const fresh = (await withGate((tx) => findSignedIn(tx, officer.sessionId)))?.officer
  const same = fresh && fresh.role === officer.role && fresh.firmId === officer.firmId
  return same ? fresh : null
}

export async function presentedToken(): Promise<string | undefined> {
  return openSeal((await cookies()).get(cookieName('session'))?.value)
}
