/** JSON-RPC by our own authenticated route; the browser never reaches a node directly. */
export async function request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
  const response = await fetch('/api/rpc', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: ++last, method, params: params ?? [] }),
  })
  const body = await response.json().catch(() => undefined)
  if (body && 'result' in body) return body.result
  // As EIP-1193 wants it: an Error with code, message and data.
  const { code = -32603, message = `The chain did not answer (${response.status})`, data } = body?.error ?? {}
  throw Object.assign(new Error(body?.message ?? message), { code, data })
}

let last = 0
