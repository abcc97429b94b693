import type { Refusal, RefusalCode } from '@/lib/errors/refusal'

const statuses: Partial<Record<RefusalCode, number>> = {
  'bad-input': 400,
  'signed-out': 401,
  'bad-origin': 403,
  'not-permitted': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'too-many-requests': 429,
  'chain-unreachable': 503,
}

/** A refusal over HTTP: what the person may read, without the journal's values. Conflicts of state are 409. */
export function refusedResponse({ code, message, fields, values }: Refusal): Response {
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' }
  if (code === 'too-many-requests' && values?.seconds) headers['Retry-After'] = String(values.seconds)
  return Response.json({ code, message, fields }, { status: statuses[code] ?? 409, headers })
}
