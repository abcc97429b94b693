import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type RpcAnswer = { result: unknown } | { error: { code: number; message: string; data?: unknown } }
export type Answerer = (method: string, params: unknown[]) => RpcAnswer | Promise<RpcAnswer>

/** A JSON-RPC node that says what a test wants, over HTTP, single calls and batches. */
export async function startRpcServer(answer: Answerer) {
  type Request = { id: number; method: string; params?: unknown[] }
  const reply = async ({ id, method, params = [] }: Request) => ({
    jsonrpc: '2.0',
    id,
    ...(await answer(method, params)),
  })
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end() // no WebSocket here
    const body: Request | Request[] = JSON.parse(await textOf(request))
    try {
      const replies = Array.isArray(body) ? await Promise.all(body.map(reply)) : await reply(body)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(replies))
    } catch {
      response.writeHead(502).end() // what stands behind it is gone
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { rpcUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
