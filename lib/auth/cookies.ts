import type { CookiesOptions } from 'next-auth'
import { env } from '@/lib/env'

const isHttps = (origin: string) => origin.startsWith('https://')

/** Over http, which lib/env allows on this machine alone, a browser would drop a `__Host-` cookie. */
export const cookieName = (noun: string, origin = env().publicOrigin): string =>
  `${isHttps(origin) ? '__Host-' : ''}plimsoll.${noun}`

/** Lax and not Strict: a link in a letter must open a page. What changes anything has the Origin check besides. */
export function authCookies(origin: string): Partial<CookiesOptions> {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(origin) } as const
  const cookie = (noun: string) => ({ name: cookieName(noun, origin), options })
  return {
    sessionToken: cookie('session'),
    csrfToken: cookie('csrf'),
    callbackUrl: cookie('callback'),
  }
}

/** A Set-Cookie that makes the browser forget its session; that it is over is said in the database. */
export function endedSessionCookie(): string {
  const secure = isHttps(env().publicOrigin) ? '; Secure' : ''
  return `${cookieName('session')}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`
}
