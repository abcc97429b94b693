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

/** An answer above this is not read to its end: what it asked for is asked in smaller parts. */
const mostAnswerBytes = 64 * 2 ** 20

/**
 * @param timeout In milliseconds; covers connecting, waiting and the whole body.
 * @param mostBytes Of one answer.
 */
export function createRpc(
  url: string,
  { timeout = 20_000, mostBytes = mostAnswerBytes }: { timeout?: number; mostBytes?: number } = {},
): Rpc {
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
    const body = await post(url, bodies.length === 1 ? bodies[0] : bodies, { timeout, mostBytes })
    const answers: (Answer | undefined)[] = calls.map(() => undefined)
    for (const item of Array.isArray(body) ? body : [body]) {
      const index = isObject(item) && typeof item.id === 'number' ? item.id - first : -1
      if (!(index in answers) || answers[index]) {
        throw new Fault('node-answer', 'The node answered something that was not asked, or twice')
      }
      const answer = readAnswer(item as Record<string, unknown>)
      if ('error' in answer && isLimit(answer.error)) {
        throw new Fault(
          'node-limited',
          `The node has had enough calls: ${answer.error.message.slice(0, 200)}`,
        )
      }
      answers[index] = answer
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

async function post(
  url: string,
  body: unknown,
  { timeout, mostBytes }: { timeout: number; mostBytes: number },
): Promise<unknown> {
  let text: string
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    })
    text = await readText(response, mostBytes)
  } catch (error) {
    if (error instanceof Fault) throw error
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new Fault('node-timeout', `No complete answer within ${timeout} ms`, { timeout })
    }
    const cause = error instanceof Error ? ((error.cause as { code?: string } | undefined)?.code ?? '') : ''
    throw new Fault('node-unreachable', `The node cannot be reached ${cause}`.trim())
  }
  const { status } = response
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'))
  if (status === 429 || (status === 503 && retryAfterMs !== null)) {
    throw new Fault('node-limited', `The node answered status ${status}`, { status, retryAfterMs })
  }
  try {
    // Some nodes send JSON-RPC errors with a 4xx or 5xx status, so the body decides and not the status.
    return JSON.parse(text)
  } catch {
    throw new Fault('node-answer', `The node answered status ${status} and no JSON`, { status })
  }
}

/** Counts what comes in and not what a header promises, which may be packed or wrong. */
async function readText(response: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > mostBytes) {
      throw new Fault('answer-too-large', `The answer has more than ${mostBytes} bytes`, { mostBytes })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size).toString()
}

/** Seconds or a date, as HTTP has it; null if it says neither. */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null
  const ms = /^\d{1,6}$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

/** Too many calls, as against too much asked by one call, for which some nodes have the same number. */
const isLimit = ({ code, message }: { code: number; message: string }) =>
  code === 429 ||
  (code !== 3 && /rate.?limit|too many requests|requests? per second|throughput/i.test(message))

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
