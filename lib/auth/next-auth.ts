import 'server-only'
import { NextRequest } from 'next/server'
import NextAuth, { type AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/lib/env'
import type { Result } from '@/lib/errors/refusal'
import { clientAddress } from './client-address'
import { authCookies } from './cookies'
import { presentedToken } from './require-officer'
import { signIn } from './sign-in'

type Context = { params: Promise<{ nextauth: string[] }> }
type Outcome = Result<{ token: string }>

/**
 * next-auth does its CSRF token, and seals the session token into an encrypted cookie; nothing else of it is reached.
 * Whether that token is worth anything is decided by our own session row on every request.
 */
function authOptions(request: NextRequest, onOutcome: (outcome: Outcome) => void): AuthOptions {
  const { authSecret, publicOrigin, sessionHours } = env()
  return {
    secret: authSecret,
    useSecureCookies: publicOrigin.startsWith('https://'),
    cookies: authCookies(publicOrigin),
    session: { strategy: 'jwt', maxAge: sessionHours * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    logger: { error: (code) => console.error(`next-auth: ${code}`), warn() {}, debug() {} },
    providers: [
      Credentials({
        credentials: { username: {}, password: {} },
        async authorize(given) {
          const outcome = await signIn({
            username: given?.username,
            password: given?.password,
            client: clientAddress(request.headers),
            userAgent: request.headers.get('user-agent') ?? '',
            presentedToken: await presentedToken(),
          })
          onOutcome(outcome)
          return outcome.ok ? { id: outcome.value.token } : null
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      redirect: () => publicOrigin,
    },
  }
}

/** GET /api/auth/csrf */
export const handleCsrf = (request: NextRequest, context: Context): Promise<Response> =>
  NextAuth(
    request,
    context,
    authOptions(request, () => {}),
  )

/**
 * POST /api/auth/callback/credentials
 * @param form its body, read and found small enough by the caller
 * @returns what signIn answered, or undefined where next-auth did not ask it (its CSRF token was missing or wrong),
 * and the cookies to set
 */
export async function handleCredentials(request: NextRequest, form: string, context: Context) {
  let outcome: Outcome | undefined
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const copy = new NextRequest(request.url, { method: 'POST', headers, body: form })
  const options = authOptions(request, (it) => {
    outcome = it
  })
  const response: Response = await NextAuth(copy, context, options)
  return { outcome, cookies: response.headers.getSetCookie() }
}
