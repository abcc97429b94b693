import { accept, type Result, refuse } from '@/lib/errors/refusal'

/** The body as JSON, never holding more than `limit` bytes of it whatever Content-Length says. */
export async function readJson(request: Request, limit: number): Promise<Result<unknown>> {
  const text = await readText(request, limit)
  if (!text.ok) return text
  try {
    return accept(JSON.parse(text.value))
  } catch {
    return refuse('bad-input', 'The request is not JSON.')
  }
}

export async function readText(request: Request, limit: number): Promise<Result<string>> {
  const tooLarge = refuse('too-large', `A request here may have ${limit} bytes.`, { values: { limit } })
  if (Number(request.headers.get('content-length') ?? 0) > limit) return tooLarge
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) return tooLarge
    chunks.push(chunk)
  }
  try {
    return accept(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    return refuse('bad-input', 'The request is not UTF-8.')
  }
}
