import 'server-only'
import type { Hex } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import { TokenBucket } from '@/lib/auth/token-bucket'
import type { Answer } from '@/lib/chain/rpc'
import { createUpstreams, type Upstreams } from '@/lib/chain/upstreams'
import { env } from '@/lib/env'
import { Fault } from '@/lib/errors/fault'
import { accept, type Refusal, type Result, refuse } from '@/lib/errors/refusal'
import { badInput } from './define-action'
import { journalRefusal } from './journal-refusal'
import { isAllowed, type RpcCall, type RpcReply, rpcRequest } from './rpc.schema'
import { whyNotSend } from './why-not-send'

/** Per person and web process. A page polling a receipt makes about one call a second. */
const calls = new TokenBucket(200, 20)
const timeout = 15_000

/**
 * The chain as an officer's browser sees it. Calls go to a configured node and nowhere else; what the node
 * answers, revert data above all, comes back as it is. A firm gets nothing: one `eth_call` would read another's limits.
 * @returns what to send back as the body; a refused call within it is a JSON-RPC error like any other
 */
export async function relayRpc(officer: Officer, body: unknown): Promise<Result<RpcReply | RpcReply[]>> {
  const refusal = (value: Refusal) => refuseAll(officer, value)
  if (!may(officer, 'bind:wallet')) {
    return refusal(
      refuse('not-permitted', 'Your role signs no orders, so it has no line to the chain.').refusal,
    )
  }
  const parsed = rpcRequest.safeParse(body)
  if (!parsed.success) return refusal(badInput(parsed.error))
  const asked = [parsed.data].flat()
  const seconds = calls.take(officer.personId, asked.length, Date.now())
  if (seconds > 0) {
    return refusal(
      refuse('too-many-requests', 'Too many calls to the chain.', { values: { seconds } }).refusal,
    )
  }

  const obstacles = await Promise.all(asked.map((call) => whyNot(officer, call)))
  const passed = asked.filter((_call, index) => !obstacles[index])
  const answers = await forward(passed)
  if (!answers.ok) return answers
  const queue = [...answers.value]
  const replies = asked.map(({ id }, index): RpcReply => {
    const obstacle = obstacles[index]
    const answer = obstacle ? { error: asRpcError(obstacle) } : queue.shift()!
    return { jsonrpc: '2.0', id, ...answer }
  })
  for (const obstacle of obstacles) {
    if (obstacle) await journalRefusal(officer, 'rpc', officer.username, obstacle)
  }
  return accept(Array.isArray(parsed.data) ? replies : replies[0]!)
}

async function whyNot(officer: Officer, { method, params }: RpcCall): Promise<Refusal | undefined> {
  if (!isAllowed(method)) {
    return refuse('method-not-allowed', `${method} is not offered here.`, { values: { method } }).refusal
  }
  if (method === 'eth_sendRawTransaction') return whyNotSend(officer, params[0] as Hex)
}

let known: { key: string; nodes: Upstreams } | undefined

/** Kept, so that a node that is down is not waited for by every call. */
function nodes(): Upstreams {
  const { rpcUrls } = env()
  const key = rpcUrls.join(' ')
  if (known?.key !== key)
    known = {
      key,
      nodes: createUpstreams(
        rpcUrls.map((url) => ({ url })),
        { timeout },
      ),
    }
  return known.nodes
}

async function forward(passed: RpcCall[]): Promise<Result<Answer[]>> {
  try {
    return accept(await nodes().batch(passed))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return refuse('chain-unreachable', 'The chain does not answer. Try again in a moment.')
  }
}

async function refuseAll(officer: Officer, refusal: Refusal) {
  await journalRefusal(officer, 'rpc', officer.username, refusal)
  return { ok: false, refusal } as const
}

/** JSON-RPC and EIP-1193 have numbers for these, which wallets and viem know. */
const asRpcError = ({ code, message }: Refusal): Extract<Answer, { error: object }>['error'] => ({
  code: code === 'method-not-allowed' ? -32601 : code === 'bad-input' ? -32602 : 4100,
  message,
  data: { refusal: code },
})
