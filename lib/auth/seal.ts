import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import { isSessionToken } from './token'

/**
 * The session token out of next-auth's encrypted cookie; undefined for whatever else was sent. We open the cookie
 * ourselves rather than with `getToken`, which would take an Authorization header for a cookie too.
 */
export async function openSeal(cookie: string | undefined): Promise<string | undefined> {
  if (!cookie || cookie.length > 4096) return undefined
  try {
    const payload = await decode({ token: cookie, secret: env().authSecret })
    return isSessionToken(payload?.sid) ? payload.sid : undefined
  } catch {
    return undefined
  }
}

/** The cookie around a token, as next-auth sets it at sign-in. */
export const seal = (token: string, secret = env().authSecret): Promise<string> =>
  encode({ token: { sid: token }, secret })
