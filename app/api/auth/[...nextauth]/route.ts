import type { NextRequest } from 'next/server'
import { guardRequest } from '@/lib/acts/guard-request'
import { journalRefusal } from '@/lib/acts/journal-refusal'
import { readText } from '@/lib/acts/read-body'
import { refusedResponse } from '@/lib/acts/respond'
import { signOut } from '@/lib/acts/sign-out'
import { endedSessionCookie } from '@/lib/auth/cookies'
import { handleCredentials, handleCsrf } from '@/lib/auth/next-auth'
import { badOrigin, isOwnOrigin } from '@/lib/auth/origin'
import { type Refusal, refuse } from '@/lib/errors/refusal'

type Context = { params: Promise<{ nextauth: string[] }> }

const formLimit = 4096
const nothingHere = refuse('not-found', 'There is nothing here.').refusal
const outdatedForm = refuse('stale', 'This page was open for too long. Reload it and sign in again.').refusal

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  return nextauth.join('/') === 'csrf' ? handleCsrf(request, context) : refusedResponse(nothingHere)
}

/** Of what next-auth offers only these two are reachable: no session to read or refresh, no providers, no log. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  switch (nextauth.join('/')) {
    case 'callback/credentials':
      return postCredentials(request, context)
    case 'signout':
      return postSignOut(request)
    default:
      return refusedResponse(nothingHere)
  }
}

/** 200 and the cookie, or a refusal. The cookies of a refused try are not passed on: it changes nothing. */
async function postCredentials(request: NextRequest, context: Context): Promise<Response> {
  if (!isOwnOrigin(request.headers)) return refuseSignIn(badOrigin().refusal)
  const form = await readText(request, formLimit)
  if (!form.ok) return refuseSignIn(form.refusal)
  const { outcome, cookies } = await handleCredentials(request, form.value, context)
  if (!outcome) return refuseSignIn(outdatedForm)
  if (!outcome.ok) return refusedResponse(outcome.refusal)
  const response = Response.json({ ok: true }, { headers: { 'Cache-Control': 'no-store' } })
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie)
  return response
}

async function refuseSignIn(refusal: Refusal): Promise<Response> {
  await journalRefusal(null, 'sign-in', 'unknown', refusal)
  return refusedResponse(refusal)
}

/** A plain form: it works without scripts, and leads to the sign-in page. */
async function postSignOut(request: NextRequest): Promise<Response> {
  const admitted = await guardRequest(request, 'sign-out')
  if (!admitted.ok && admitted.refusal.code !== 'signed-out') return refusedResponse(admitted.refusal)
  if (admitted.ok) await signOut(admitted.value)
  const headers = { Location: '/sign-in', 'Set-Cookie': endedSessionCookie() }
  return new Response(null, { status: 303, headers })
}
