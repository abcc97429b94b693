/** Whether this process answers, and nothing about what it depends on: that is /api/ready. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { 'Cache-Control': 'no-store' } })
}
