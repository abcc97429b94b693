import { Fault } from '../errors/fault'

export type Call = { method: string; params: readonly unknown[] }

/** What a node answered to one call: a result, or its JSON-RPC error. */
export type Answer = { result: unknown } | { error: { code: number; message: string; data?: unknown } }

/**
 * Bare JSON-RPC over HTTP for the indexer, which checks every answer itself and wants the node's own words: no cache,
 * no retries, no reformatting. Everybody else uses lib/chain/client.
 */
export type Rpc = {
  url: string
  /** The result, or a Fault `node-error` with the node's message. */
  call: (method: string, ...params: unknown[]) => Promise<unknown>
  /** Answers in the order of the calls, matched by id. An answer missing or given twice fails all of them. */
  batch: (calls: readonly Call[]) => Promise<Answer[]>
}

/** @param timeout In milliseconds; covers connecting, waiting and the whole body. */
export function createRpc(url: string, { timeout = 20_000 }: { timeout?: number } = {}): Rpc {
  let lastId = 0

  async function batch(calls: readonly Call[]): Promise<Answer[]> {
    if (calls.length === 0) return []
    const first = lastId + 1
    lastId += calls.length
    const bodies = calls.map(({ method, params }, index) => ({
      jsonrpc: '2.0',
      id: first + index,
      method,
      params,
    }))
    const body = await post(url, bodies.length === 1 ? bodies[0] : bodies, timeout)
    const answers: (Answer | undefined)[] = calls.map(() => undefined)
    for (const item of Array.isArray(body) ? body : [body]) {
      const index = isObject(item) && typeof item.id === 'number' ? item.id - first : -1
      if (!(index in answers) || answers[index]) {
        throw new Fault('node-answer', 'The node answered something that was not asked, or twice')
      }
      answers[index] = readAnswer(item as Record<string, unknown>)
    }
    return answers.map((answer, index) => {
      if (answer) return answer
      throw new Fault('node-answer', `The node left ${calls[index]!.method} of a batch unanswered`)
    })
  }

  async function call(method: string, ...params: unknown[]) {
    const [answer] = await batch([{ method, params }])
    return resultOf(method, answer!)
  }

  return { url, call, batch }
}

/** The result of an answer, or a Fault `node-error`. */
export function resultOf(method: string, answer: Answer): unknown {
  if ('result' in answer) return answer.result
  const { code, message } = answer.error
  throw new Fault('node-error', `${method}: ${message.slice(0, 300)}`, { method, code })
}

async function post(url: string, body: unknown, timeout: number): Promise<unknown> {
  let text: string
  let status: number
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new Fault('node-timeout', `No complete answer within ${timeout} ms`, { timeout })
    }
    const cause = error instanceof Error ? ((error.cause as { code?: string } | undefined)?.code ?? '') : ''
    throw new Fault('node-unreachable', `The node cannot be reached ${cause}`.trim())
  }
  try {
    // Some nodes send JSON-RPC errors with a 4xx or 5xx status, so the body decides and not the status.
    return JSON.parse(text)
  } catch {
    throw new Fault('node-answer', `The node answered status ${status} and no JSON`, { status })
  }
}

function readAnswer(item: Record<string, unknown>): Answer {
  if (isObject(item.error)) {
    const { code, message, data } = item.error
    return { error: { code: Number(code), message: String(message), ...(data !== undefined && { data }) } }
  }
  if (item.result === undefined || item.error != null) {
    throw new Fault('node-answer', 'The node answered neither a result nor an error')
  }
  return { result: item.result }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
