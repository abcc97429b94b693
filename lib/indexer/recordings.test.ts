import { afterAll, beforeAll, expect, test } from 'vitest'
import { executionApisConversations, startReplayServer } from '../../test/replay-server'
import { createRpc, type Rpc } from '../chain/rpc'
import { Fault } from '../errors/fault'
import {
  decodeBlock,
  decodeHeader,
  decodeLogs,
  decodeReceipt,
  decodeReceipts,
  decodeTransaction,
} from './decode/answers'
import { verifyBlock } from './verify/block'
import { hashHeader } from './verify/header'

// The conversations that ethereum/execution-apis recorded, asked of a node that replays them.

const conversations = executionApisConversations()
let rpc: Rpc
let stop: () => Promise<void>

beforeAll(async () => {
  const server = await startReplayServer(conversations)
  rpc = createRpc(server.rpcUrl)
  stop = server.stop
})
afterAll(() => stop())

const types = new Set<number>()

function decode(method: string, result: unknown): void {
  if (result === null) return
  switch (method) {
    case 'eth_getBlockByNumber':
    case 'eth_getBlockByHash': {
      const header = decodeHeader(result)
      expect(hashHeader(header, 'plain')).toBe(header.hash)
      const full = (result as { transactions: unknown[] }).transactions.every(
        (item) => typeof item === 'object',
      )
      if (full) decodeBlock(result)
      return
    }
    case 'eth_getBlockReceipts':
      decodeReceipts(result)
      return
    case 'eth_getTransactionReceipt':
      decodeReceipt(result)
      return
    case 'eth_getTransactionByHash':
    case 'eth_getTransactionByBlockHashAndIndex':
    case 'eth_getTransactionByBlockNumberAndIndex':
      types.add(decodeTransaction(result).type)
      return
    case 'eth_getLogs':
      decodeLogs(result)
      return
  }
}

test.each(conversations)('decodes $name', async ({ method, params, answer }) => {
  const given = rpc.call(method, ...params)
  if ('error' in answer) {
    await expect(given).rejects.toMatchObject({ name: 'Fault', code: 'node-error', values: { method } })
    await expect(given).rejects.toThrow(answer.error.message.slice(0, 300))
  } else decode(method, await given)
})

test('has met transactions of every type', () => expect([...types].sort()).toEqual([0, 1, 2, 3, 4]))

test('has met answers that are errors', () => {
  expect(conversations.filter(({ answer }) => 'error' in answer).length).toBeGreaterThan(10)
})

test('refuses a receipt that does not say whether its call succeeded, by name', async () => {
  const receipts = decodeReceipts(await rpc.call('eth_getBlockReceipts', '0x1'))
  expect(receipts.every(({ status }) => status === null)).toBe(true)
  const transactions = receipts.map((receipt) => ({ ...receipt, hash: receipt.transactionHash }))
  const header = decodeHeader(await rpc.call('eth_getBlockByNumber', '0x0', true))
  const place = { blockHash: header.hash, blockNumber: 0n }
  const block = {
    header,
    transactions: transactions.map((transaction) => ({ ...transaction, ...place })) as never,
    receipts: receipts.map((receipt) => ({ ...receipt, ...place })),
    logs: [],
    withdrawals: null,
    uncles: 0,
  }
  const verification = { facts: 'receipts', chainId: 1, consensus: 'plain' } as const
  expect(() => verifyBlock(block, 0n, verification)).toThrow(Fault)
  expect(() => verifyBlock(block, 0n, verification)).toThrow('does not say whether its call succeeded')
})
