import { type NextRequest, NextResponse } from 'next/server'
import { cookieName } from '@/lib/auth/cookies'
import { bodyLimit, forgedHeader, isTooLarge } from '@/lib/auth/front-door'
import { isOwnOrigin } from '@/lib/auth/origin'
import { pathHeader, signInPath } from '@/lib/auth/paths'
import { contentSecurityPolicy, fixedHeaders } from '@/lib/auth/security-headers'
import { env } from '@/lib/env'

/** What a browser may ask with; the rest is refused, TRACE among it. */
const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Pages that ask nobody who they are. */
const open = /^\/(sign-in|verify|status)(\/|$)|^\/(icon|favicon|apple-icon|robots\.txt|manifest)/

/**
 * Headers, and what can be refused by looking at headers. Who may see what is not decided here: the doors decide it,
 * next to the data, whether or not this file ran. Sending a visitor without a cookie to the sign-in page is a courtesy.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const { production, publicOrigin } = env()
  const https = publicOrigin.startsWith('https://')
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy({ https, development: !production, nonce })

  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy) // the framework takes the nonce of its own scripts from here
  headers.set(pathHeader, pathname + search)

  const answer = refusal(request) ?? toOneHost(request) ?? toSignIn(request) ?? pass(request, headers)
  for (const [name, value] of Object.entries(fixedHeaders({ https }))) answer.headers.set(name, value)
  answer.headers.set('Content-Security-Policy', policy)
  answer.headers.set('Cache-Control', 'private, no-store')
  answer.headers.set('Vary', 'Cookie')
  return answer
}

function refusal(request: NextRequest): NextResponse | undefined {
  if (request.headers.has(forgedHeader) || request.headers.has('x-middleware-subrequest')) {
    return NextResponse.json({ code: 'bad-input' }, { status: 400 })
  }
  if (!methods.includes(request.method)) {
    const headers = { Allow: methods.join(', ') }
    return NextResponse.json({ code: 'method-not-allowed' }, { status: 405, headers })
  }
  // Its line in the journal is written at the front door: here there is no database.
  if (isTooLarge(request.headers.get('content-length'))) {
    const message = `A request here may have ${bodyLimit} bytes.`
    return NextResponse.json({ code: 'too-large', message }, { status: 413 })
  }
}

/** `localhost` and `127.0.0.1` are two origins to a browser; with one cookie and one Origin check there must be one. */
function toOneHost(request: NextRequest): NextResponse | undefined {
  const own = new URL(env().publicOrigin)
  const asked = request.headers.get('host')
  const isTwin = asked && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(asked) && asked !== own.host
  if (!isTwin || own.protocol !== 'http:' || request.method !== 'GET') return undefined
  if (request.nextUrl.pathname.startsWith('/api/')) return undefined
  return moved(new URL(request.nextUrl.pathname + request.nextUrl.search, own))
}

/**
 * Not a redirect: to the framework the two are one host, so it shortens the Location to its path, and the browser
 * would ask the same address for ever. A URL's own text has neither quotes nor angle brackets in it.
 */
function moved({ href }: URL): NextResponse {
  const page = `<!doctype html><html lang="en"><title>Plimsoll</title><p>This portal is at <a href="${href}">${href}</a>`
  const headers = { 'Content-Type': 'text/html; charset=utf-8', Refresh: `0; url=${href}` }
  return new NextResponse(page, { headers })
}

function toSignIn(request: NextRequest): NextResponse | undefined {
  const { pathname, search } = request.nextUrl
  if (request.method !== 'GET' || /^\/(api|_next)\//.test(pathname) || open.test(pathname)) return undefined
  if (request.cookies.has(cookieName('session'))) return undefined
  return NextResponse.redirect(new URL(signInPath(pathname + search), env().publicOrigin), 303)
}

const refusedPath = '/api/refused'

/**
 * A foreign request that would change something goes to the one place that refuses it and writes that down. What is
 * there already passes: a server started with `-H 127.0.0.1` takes its own rewrite, which the framework words as
 * `localhost`, for another server's, and sends it to itself as a new request. It would come round for ever.
 */
function pass(request: NextRequest, headers: Headers): NextResponse {
  const reads = ['GET', 'HEAD', 'OPTIONS'].includes(request.method)
  if (reads || isOwnOrigin(request.headers)) return NextResponse.next({ request: { headers } })
  headers.delete('next-action')
  if (request.nextUrl.pathname === refusedPath) return NextResponse.next({ request: { headers } })
  return NextResponse.rewrite(new URL(refusedPath, request.url), { request: { headers } })
}

export const config = { matcher: '/((?!_next/static/).*)' }
