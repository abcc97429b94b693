import { beforeAll, expect, test } from 'vitest'
import { type RecordedBlock, recordedBlocks, recordedChainId } from '../../../test/recorded-chain'
import { executionApisConversations } from '../../../test/replay-server'
import { decodeBlock, decodeReceipt, decodeReceipts } from '../decode/answers'
import { packSigned, unpackSigned } from '../decode/signed'
import { verifyBlock, verifyHeader, verifyLink } from './block'
import { encodeReceipt, receiptsRoot, withdrawalsRoot } from './receipts'
import { checkSigned } from './transactions'

// 54 blocks of every fork up to Osaka. Their receipts were not recorded but for two blocks.

const verification = { facts: 'receipts', chainId: recordedChainId, consensus: 'plain' } as const
const conversations = executionApisConversations()
const recorded = (name: string) =>
  conversations.find((conversation) => conversation.name === name)!.answer as { result: never }

let blocks: RecordedBlock[]

beforeAll(async () => {
  blocks = await recordedBlocks()
})

test('has the blocks, transactions and types that it should have', () => {
  const transactions = blocks.flatMap((block) => block.transactions)
  expect([blocks.length, transactions.length]).toEqual([54, 249])
  expect([...new Set(transactions.map(({ type }) => type))].sort()).toEqual([
    '0x0',
    '0x1',
    '0x2',
    '0x3',
    '0x4',
  ])
})

test('is said as the recorded node said it', () => {
  const { result } = recorded('eth_getBlockByNumber/get-latest.io') as { result: RecordedBlock }
  for (const [name, value] of Object.entries(blocks.at(-1)!)) {
    if (name !== 'transactions') expect(result[name], name).toEqual(value)
  }
})

test('verifies: headers, links, transactions, senders, withdrawals', () => {
  for (const [index, raw] of blocks.entries()) {
    const { header, transactions, withdrawals } = decodeBlock(raw)
    verifyHeader(header, verification)
    if (index > 0) verifyLink(decodeBlock(blocks[index - 1]).header, header)
    checkSigned(header, transactions, recordedChainId)
    if (withdrawals) expect(withdrawalsRoot(withdrawals)).toBe(header.fields.withdrawalsRoot)
  }
})

test('what is stored of a signature gives it again, whatever the type', () => {
  let lines = 0
  for (const { type, nonce, value, signed } of blocks.flatMap((raw) => decodeBlock(raw).transactions)) {
    const stored = JSON.parse(JSON.stringify(packSigned(signed)))
    expect(unpackSigned(stored, { type, nonce, value }, recordedChainId)).toEqual(signed)
    if (typeof stored === 'string') lines += 1
  }
  expect(lines).toBeGreaterThan(150)
  expect(lines).toBeLessThan(249)
})

test('the head verifies whole, with the receipts that were recorded', () => {
  const block = decodeBlock(blocks.at(-1))
  const receipts = decodeReceipts(recorded('eth_getBlockReceipts/get-block-receipts-latest.io').result)
  const logs = receipts.flatMap((receipt) => receipt.logs)
  expect([receipts.length, logs.length > 0]).toEqual([4, true])
  const head = { ...block, receipts, logs }
  verifyBlock(head, 54n, verification)
  const withdrawal = {
    index: '0x0',
    validatorIndex: '0x1',
    address: block.transactions[0]!.from,
    amount: '0x2',
  } as const
  for (const withdrawals of [[withdrawal], null]) {
    const code = { code: 'withdrawals-root' }
    expect(() => verifyBlock({ ...head, withdrawals }, 54n, verification)).toThrow(
      expect.objectContaining(code),
    )
  }
})

test('block 1 has receipts from before Byzantium: their root is right, and they are refused by name', () => {
  const block = decodeBlock(blocks[0])
  const receipts = decodeReceipts(recorded('eth_getBlockReceipts/get-block-receipts-n.io').result)
  const logs = receipts.flatMap((receipt) => receipt.logs)
  expect(receiptsRoot(receipts, block.transactions)).toBe(block.header.fields.receiptsRoot)
  expect(() => verifyBlock({ ...block, receipts, logs }, 1n, verification)).toThrow('does not say whether')
})

test('a receipt encodes to the bytes that the recorded node gave of it', () => {
  const raw = recorded('debug_getRawReceipts/get-block-n.io') as { result: string[] }
  const receipt = decodeReceipt(recorded('eth_getTransactionReceipt/get-legacy-receipt.io').result)
  expect(raw.result[receipt.index]).toBe(`0x${encodeReceipt(receipt, 0)}`)
})
