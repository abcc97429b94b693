import { type Hex, numberToHex } from 'viem'
import type { Answer, Rpc } from '../../chain/rpc'
import type { Header, Transaction } from '../decode/answers'
import type { Revert } from '../draft'

export type Refusal = {
  header: Pick<Header, 'parentHash'>
  transaction: Pick<Transaction, 'hash' | 'from' | 'to' | 'input' | 'value' | 'gas'>
}

/**
 * What reverted calls returned, which no receipt says. Exact where the node traces; else the call is made again on the
 * state before its block, which is the same unless an earlier transaction of that block matters. A node that has
 * neither (anvil keeps no old state across a restart) leaves `data` null. Unlike the rest of a block this is the node's
 * word alone: nothing in the header commits to it.
 */
export async function replay(rpc: Rpc, refusals: readonly Refusal[]): Promise<Revert[]> {
  const traces = await rpc.batch(
    refusals.map(({ transaction }) => ({
      method: 'debug_traceTransaction',
      params: [transaction.hash, { tracer: 'callTracer' }],
    })),
  )
  const reverts = traces.map(readTrace)
  const open = refusals.filter((_, index) => reverts[index] === undefined)
  const calls = await rpc.batch(
    open.map(({ header, transaction: { from, to, input, value, gas } }) => ({
      method: 'eth_call',
      params: [
        { from, to, data: input, value: numberToHex(value), gas: numberToHex(gas) },
        { blockHash: header.parentHash },
      ],
    })),
  )
  const again = calls.map(readCall)
  return reverts.map((revert) => revert ?? again.shift()!)
}

function readTrace(answer: Answer): Revert | undefined {
  const trace = 'result' in answer ? (answer.result as { output?: unknown; error?: unknown } | null) : null
  if (typeof trace?.error !== 'string') return undefined
  const reverted = /revert/i.test(trace.error)
  return { data: asData(trace.output) ?? '0x', note: reverted ? '' : sentence(trace.error) }
}

function readCall(answer: Answer): Revert {
  if ('result' in answer) return { data: null, note: 'A replay before its block did not revert' }
  const { message, data } = answer.error
  const revert = asData(data) ?? (/revert/i.test(message) ? '0x' : null)
  return { data: revert, note: '' }
}

const asData = (value: unknown): Hex | null =>
  typeof value === 'string' && /^0x([0-9a-f]{2})*$/i.test(value) ? (value.toLowerCase() as Hex) : null

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1, 200)
