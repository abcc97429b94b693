import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, type Call, createRpc } from '../lib/chain/rpc'
import type { Conversation } from './replay-server'

/** Changes one answer on its way: returns another result, or undefined to leave it. */
export type Lie = (method: string, params: unknown[], result: never) => unknown

type Reply = { jsonrpc: '2.0'; id: number } & Answer

/** What happens to a request, or to one answer in it. */
export type Trouble =
  | { lie: Lie }
  | { error: { code: number; message: string } }
  | { delayMs: number }
  | { status: number; headers?: Record<string, string>; body?: string }
  /** The connection is closed without an answer, in the middle of it, or left open with half of it. */
  | { cut: 'before' | 'midway' | 'open' }
  /** The answers of a batch as they should be; what is returned is sent. A text is sent as it is. */
  | { envelope: (replies: Reply[]) => unknown }

/** Which calls: all of them where nothing is said. `block` is what they name first. `times`: so many requests. */
export type Match = { method?: string; block?: bigint | 'latest'; times?: number }

export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>

/**
 * A real node, seen through a proxy that records what it says, and that troubles what a test wants troubled.
 * @param keep Whether to record.
 */
export async function startFaultProxy(rpcUrl: string, { keep = true }: { keep?: boolean } = {}) {
  const rpc = createRpc(rpcUrl, { timeout: 60_000 })
  const rules = new Map<Match, { trouble: Trouble; left: number }>()
  const recorded: Conversation[] = []
  let told: Lie | undefined

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return void response.writeHead(405).end() // no WebSocket here
    const body: (Call & { id: number }) | (Call & { id: number })[] = JSON.parse(await textOf(request))
    const calls = [body].flat()
    const troubles = takeTroubles(calls)
    for (const { trouble } of troubles) if ('delayMs' in trouble) await pause(trouble.delayMs)
    for (const { trouble } of troubles) {
      if ('status' in trouble) {
        const { status, headers = {}, body: text = '' } = trouble
        return void response.writeHead(status, headers).end(text)
      }
      if ('cut' in trouble && trouble.cut === 'before') return void response.destroy()
    }
    const answers = await rpc.batch(calls.map(({ method, params = [] }) => ({ method, params })))
    const replies = calls.map((call, index): Reply => {
      const said = answers[index]!
      const { method, params = [] } = call
      if (keep) recorded.push({ name: method, method, params: [...params], answer: said })
      return { jsonrpc: '2.0', id: call.id, ...twist(call, said, troubles) }
    })
    send(response, Array.isArray(body) ? replies : replies[0]!, replies, troubles)
  }

  function twist(call: Call, said: Answer, troubles: Found[]): Answer {
    let result = said
    for (const { match, trouble } of troubles) {
      if (!matches(match, call)) continue
      if ('error' in trouble) result = { error: trouble.error }
      if ('lie' in trouble) result = lieOf(trouble.lie, call, result)
    }
    return told ? lieOf(told, call, result) : result
  }

  type Found = { match: Match; trouble: Trouble }
  function takeTroubles(calls: readonly Call[]): Found[] {
    const found: Found[] = []
    for (const [match, rule] of rules) {
      if (rule.left === 0 || !calls.some((call) => matches(match, call))) continue
      rule.left -= 1
      found.push({ match, trouble: rule.trouble })
    }
    return found
  }

  const server = createServer((request, response) => {
    // What stands behind it is gone.
    answer(request, response).catch(() => response.headersSent || response.writeHead(502).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    rpcUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Troubles the calls that match, until `clear` or as many times as they say. */
    when(match: Match, trouble: Trouble): void {
      rules.set(match, { trouble, left: match.times ?? Number.POSITIVE_INFINITY })
    },
    clear(): void {
      rules.clear()
      told = undefined
    },
    /** One lie about everything, or none. */
    tell(lie: Lie | undefined): void {
      told = lie
    },
    /** What the node really said so far, for test/replay-server. */
    recorded,
    stop(): Promise<void> {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function matches({ method, block }: Match, call: Call): boolean {
  if (method !== undefined && method !== call.method) return false
  if (block === undefined) return true
  return call.params?.[0] === (block === 'latest' ? block : `0x${block.toString(16)}`)
}

function lieOf(lie: Lie, { method, params = [] }: Call, said: Answer): Answer {
  if ('error' in said) return said
  const changed = lie(method, [...params], structuredClone(said.result) as never)
  return changed === undefined ? said : { result: changed }
}

function send(response: ServerResponse, body: unknown, replies: Reply[], troubles: { trouble: Trouble }[]) {
  let sent = body
  for (const { trouble } of troubles) if ('envelope' in trouble) sent = trouble.envelope(replies)
  const text = typeof sent === 'string' ? sent : JSON.stringify(sent)
  response.setHeader('content-type', 'application/json')
  const cut = troubles.map(({ trouble }) => trouble).find((trouble) => 'cut' in trouble)
  if (!cut) return void response.end(text)
  response.write(text.slice(0, text.length / 2))
  if (cut.cut === 'midway') response.end()
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
