import { getReadiness } from '@/lib/queries/readiness'

export async function GET(): Promise<Response> {
  const readiness = await getReadiness()
  const headers = { 'Cache-Control': 'no-store' }
  return Response.json(readiness, { status: readiness.ok ? 200 : 503, headers })
}
