/** One JSON-RPC question over http; an answer with an error, or none within the time, throws. */
export async function ask<T = unknown>(
  url: string,
  method: string,
  params: unknown[] = [],
  milliseconds = 5000,
) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(milliseconds),
  })
  const { result, error } = (await response.json()) as { result?: T; error?: { message: string } }
  if (error) throw new Error(`${method}: ${error.message}`)
  return result as T
}
