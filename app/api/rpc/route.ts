import { guardRequest } from '@/lib/acts/guard-request'
import { journalRefusal } from '@/lib/acts/journal-refusal'
import { readJson } from '@/lib/acts/read-body'
import { relayRpc } from '@/lib/acts/relay-rpc'
import { refusedResponse } from '@/lib/acts/respond'
import { rpcLimits } from '@/lib/acts/rpc.schema'

export async function POST(request: Request): Promise<Response> {
  const admitted = await guardRequest(request, 'rpc')
  if (!admitted.ok) return refusedResponse(admitted.refusal)
  const officer = admitted.value
  const body = await readJson(request, rpcLimits.bytes)
  if (!body.ok) {
    await journalRefusal(officer, 'rpc', officer.username, body.refusal)
    return refusedResponse(body.refusal)
  }
  const reply = await relayRpc(officer, body.value)
  return reply.ok
    ? Response.json(reply.value, { headers: { 'Cache-Control': 'no-store' } })
    : refusedResponse(reply.refusal)
}
