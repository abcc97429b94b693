import type { NextRequest } from 'next/server'
import { parseSearch } from '@/app/(portal)/transfers/search'
import { guardRequest } from '@/lib/acts/guard-request'
import { refusedResponse } from '@/lib/acts/respond'
import type { NewTransfersAnswer } from '@/lib/live/new-transfers'
import { getNewTransfers } from '@/lib/queries/transfers'

/** How many transfers came since the page was read. A count and nothing else: rows are read by the page itself. */
export async function GET(request: NextRequest): Promise<Response> {
  const officer = await guardRequest(request, 'read:page')
  if (!officer.ok) return refusedResponse(officer.refusal)
  const query = request.nextUrl.searchParams
  const params: Record<string, string[]> = {}
  for (const name of query.keys()) params[name] = query.getAll(name)
  const block = query.get('sinceBlock') ?? ''
  const result = await getNewTransfers(officer.value, parseSearch(params), {
    block,
    hash: query.get('sinceHash') ?? '',
  })
  if (!result.ok) return refusedResponse(result.refusal)
  const { count, isReplaced } = result.value
  const answer: NewTransfersAnswer = { since: block, count, isReplaced }
  return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
}
