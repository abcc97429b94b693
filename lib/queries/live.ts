import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { refreshOfficer } from '@/lib/auth/require-officer'
import { withGate } from '@/lib/db/client'
import { env } from '@/lib/env'
import { openCrowd } from '@/lib/live/crowd'
import { type Hub, openHub } from '@/lib/live/hub'
import { openStream, type Stream } from '@/lib/live/stream'
import { type AsOf, getAsOf } from './as-of'

type Place = { hub?: Hub; crowd: ReturnType<typeof openCrowd> }

// On globalThis: Next bundles this module more than once, and each copy would listen for itself.
const key = Symbol.for('plimsoll.live')
const holder = globalThis as { [key]?: Place }
holder[key] ??= { crowd: openCrowd() }
const place = holder[key]

let reading: Promise<AsOf> | undefined

/** All streams ask at the same moment, when a block is announced: one question answers them. */
function read(): Promise<AsOf> {
  reading ??= withGate(getAsOf).finally(() => {
    reading = undefined
  })
  return reading
}

/** News of blocks for one officer, as the body of a response; it ends by itself within 5 s of their session. */
export function openLive(officer: Officer, request: { lastSeen: string | null; signal: AbortSignal }) {
  place.hub ??= openHub(env().database.gate)
  const { hub, crowd } = place
  let stream: Stream | undefined
  stream = openStream({
    ...request,
    subscribe: hub.subscribe,
    read,
    isStillAllowed: async () => (await refreshOfficer(officer)) !== null,
    onClose: () => crowd.leave(officer.personId, stream),
  })
  crowd.enter(officer.personId, stream)
  return stream.body
}
