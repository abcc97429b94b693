import { guardRequest } from '@/lib/acts/guard-request'
import { journalRefusal } from '@/lib/acts/journal-refusal'
import { recordDownload } from '@/lib/acts/reports'
import { refusedResponse } from '@/lib/acts/respond'
import { getReportFile } from '@/lib/queries/reports'

/** Streams a finished report to whoever may see it; each piece is read under row security by itself. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const admitted = await guardRequest(request, 'download:report')
  if (!admitted.ok) return refusedResponse(admitted.refusal)
  const { id } = await params
  const file = await getReportFile(admitted.value, id)
  if (!file.ok) {
    await journalRefusal(admitted.value, 'download:report', id, file.refusal)
    return refusedResponse(file.refusal)
  }
  const { name, bytes, sha256, read } = file.value
  await recordDownload(admitted.value, name, sha256)
  let offset = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await read(offset)
      offset += piece.length
      if (piece.length === 0) controller.close()
      else controller.enqueue(piece)
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=absent',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Length': String(bytes),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Plimsoll-SHA256': sha256,
    },
  })
}
