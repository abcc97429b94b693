import { z } from 'zod'
import type { Answer } from '@/lib/chain/rpc'

/** What a signing screen and a wallet need of the chain, and nothing that signs, mines or opens a filter on the node. */
export const rpcMethods = [
  'eth_chainId',
  'eth_blockNumber',
  'eth_getBlockByNumber',
  'eth_getBlockByHash',
  'eth_call',
  'eth_estimateGas',
  'eth_gasPrice',
  'eth_maxPriorityFeePerGas',
  'eth_feeHistory',
  'eth_getCode',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_getTransactionByHash',
  'eth_sendRawTransaction',
] as const

export type RpcMethod = (typeof rpcMethods)[number]

export const rpcLimits = { bytes: 64 * 1024, batch: 20 } as const

const id = z.union([z.number().int().nonnegative(), z.string().max(64), z.null()])

/** One call as a client writes it. A method that is not in the list is answered, not parsed away. */
export const rpcCall = z.strictObject({
  jsonrpc: z.literal('2.0'),
  id: id.default(null),
  method: z.string().max(64),
  params: z.array(z.unknown()).max(4).default([]),
})

export type RpcCall = z.output<typeof rpcCall>

export const rpcRequest = z.union([rpcCall, z.array(rpcCall).min(1).max(rpcLimits.batch)])

export const isAllowed = (method: string): method is RpcMethod =>
  (rpcMethods as readonly string[]).includes(method)

export type RpcReply = { jsonrpc: '2.0'; id: RpcCall['id'] } & Answer
