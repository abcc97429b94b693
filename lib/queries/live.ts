import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { findStillSignedIn } from '@/lib/auth/require-officer'
import { askGate } from '@/lib/db/client'
import { env } from '@/lib/env'
import { openCrowd } from '@/lib/live/crowd'
import { openFeed, type Subscribe } from '@/lib/live/feed'
import { openHub } from '@/lib/live/hub'
import { openRollCall } from '@/lib/live/roll-call'
import { openStream, type Stream } from '@/lib/live/stream'
import { getAsOf } from './as-of'

// On globalThis: Next bundles this module more than once, and each copy would listen for itself.
const key = Symbol.for('plimsoll.live')
const holder = globalThis as { [key]?: ReturnType<typeof openPlace> }
holder[key] ??= openPlace()
const place = holder[key]

function openPlace() {
  const isSignedIn = openRollCall(async (officers: readonly Officer[]) => {
    const signedIn = await findStillSignedIn(officers)
    return (officer) => signedIn.has(officer)
  })
  return { crowd: openCrowd(), isSignedIn, subscribe: undefined as Subscribe | undefined }
}

/** News of blocks for one officer, as the body of a response; it ends by itself within 5 s of their session. */
export function openLive(officer: Officer, request: { lastSeen: string | null; signal: AbortSignal }) {
  place.subscribe ??= openFeed(openHub(env().database.gate).subscribe, () => askGate(getAsOf))
  const { subscribe, isSignedIn, crowd } = place
  let stream: Stream | undefined
  stream = openStream({
    ...request,
    subscribe,
    isStillAllowed: () => isSignedIn(officer),
    onClose: () => crowd.leave(officer.personId, stream),
  })
  crowd.enter(officer.personId, stream)
  return stream.body
}
