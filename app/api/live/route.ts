import { guardRequest } from '@/lib/acts/guard-request'
import { refusedResponse } from '@/lib/acts/respond'
import { openLive } from '@/lib/queries/live'

/** Server-sent events. Asked who it is at each connection, and every few seconds while it lasts. */
export async function GET(request: Request): Promise<Response> {
  const officer = await guardRequest(request, 'read:page')
  if (!officer.ok) return refusedResponse(officer.refusal)
  const lastSeen = request.headers.get('last-event-id')
  const body = openLive(officer.value, { lastSeen, signal: request.signal })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}
