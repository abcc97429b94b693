import type { Hex } from 'viem'
import { expect, test } from 'vitest'
import { type MadeBlock, type MadeCall, makeBlock } from '../../../test/made-block'
import { decodeBlock, decodeReceipts } from '../decode/answers'
import { verifyBlock } from './block'
import { keccakDigits } from './keccak'
import { checkSigned, encodeTransaction } from './transactions'
import { trieRoot } from './trie'

// Blocks at the edges of what RLP and tries are asked for, made with other libraries.

const chainId = 31_337
const greatest = 2n ** 256n - 1n
const to: Hex = `0x${'ab'.repeat(20)}`
const topic = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`

const call = (nonce: number, logs: MadeCall['logs'] = [], changes: object = {}): MadeCall => ({
  transaction: {
    ...{ type: 'eip1559', chainId, nonce, to, gas: 100_000n, maxFeePerGas: 9n, maxPriorityFeePerGas: 0n },
    ...changes,
  } as MadeCall['transaction'],
  logs,
})
const legacy = (nonce: number, changes: object = {}): MadeCall => ({
  transaction: { type: 'legacy', chainId, nonce, to, gas: 100_000n, gasPrice: 7n, ...changes },
  logs: [],
})

function verify({ block: said, receipts: saidReceipts }: MadeBlock, chain = chainId) {
  const receipts = decodeReceipts(saidReceipts)
  const block = { ...decodeBlock(said), receipts, logs: receipts.flatMap(({ logs }) => logs) }
  verifyBlock(block, 7n, { facts: 'receipts', chainId: chain, consensus: 'plain' })
  return block
}

test('a block with nothing in it', async () => {
  expect(verify(await makeBlock([])).transactions).toEqual([])
})

test('as many transactions as make keys of one, two and three bytes', async () => {
  for (const count of [1, 2, 128, 129]) {
    const block = verify(await makeBlock(Array.from({ length: count }, (_, nonce) => call(nonce))))
    expect(block.transactions).toHaveLength(count)
  }
  const types = Array.from({ length: 300 }, (_, nonce) => (nonce % 2 === 0 ? call(nonce) : legacy(nonce)))
  expect(verify(await makeBlock(types)).transactions).toHaveLength(300)
})

test('the greatest uint256, in a value, a topic and the data of a log', async () => {
  const logs = [{ address: to, topics: [topic(greatest)], data: topic(greatest) }]
  const block = verify(await makeBlock([call(0, logs, { value: greatest }), legacy(1, { value: greatest })]))
  expect(block.transactions.map(({ value }) => value)).toEqual([greatest, greatest])
  expect(block.logs[0]!.data).toBe(topic(greatest))
})

test('strings of 64 kB, and those where RLP counts in another number of bytes', async () => {
  const lengths = [0, 1, 55, 56, 255, 256, 65_535, 65_536]
  const calls = lengths.map((length, nonce) => {
    const data: Hex = `0x${'5a'.repeat(length)}`
    return call(nonce, [{ address: to, topics: [], data }], { data })
  })
  const block = verify(await makeBlock(calls))
  expect(block.transactions.map(({ input }) => input.length / 2 - 1)).toEqual(lengths)
})

test('10,000 logs in one block, 5,000 of them in one transaction', async () => {
  const log = (index: number) => ({
    address: to,
    topics: [topic(1n), topic(BigInt(index)), topic(greatest - BigInt(index))],
    data: topic(BigInt(index) ** 9n),
  })
  const some = (from: number, count: number) => Array.from({ length: count }, (_, index) => log(from + index))
  const calls = [
    call(0, some(0, 5000)),
    ...Array.from({ length: 50 }, (_, i) => call(i + 1, some(5000 + i * 100, 100))),
  ]
  const made = await makeBlock(calls)
  expect(verify(made).logs).toHaveLength(10_000)
  made.receipts[0]!.logs[4999]!.data = topic(1n)
  expect(() => verify(made)).toThrow(/root/)
}, 60_000)

test('a transaction signed for another chain, or by somebody else, or in no known way', async () => {
  for (const made of [await makeBlock([call(0)]), await makeBlock([legacy(0)])]) {
    expect(() => verify(made, 1)).toThrow(expect.objectContaining({ code: 'transaction-chain' }))
    const [transaction] = made.block.transactions as Record<string, unknown>[]
    const refused = (changes: object, code: string) => {
      const changed = { ...made, block: { ...made.block, transactions: [{ ...transaction, ...changes }] } }
      expect(() => verify(changed as MadeBlock)).toThrow(expect.objectContaining({ code }))
    }
    refused({ from: to }, 'sender-mismatch')
    refused({ nonce: '0x1' }, 'transaction-hash')
    refused({ hash: `0x${'11'.repeat(32)}` }, 'receipt-mismatch')
    refused({ type: '0x7e' }, 'transaction-type')
    refused({ r: '0x00' }, 'bad-shape')
    refused({ yParity: '0x2', v: '0x2' }, 'signature-invalid')
  }
})

test('a legacy transaction from before EIP-155, which is good on every chain', async () => {
  const { transactions } = verify(await makeBlock([legacy(0, { chainId: undefined })]))
  expect(['0x1b', '0x1c']).toContain(transactions[0]!.signed.v)
})

test('the greater of two values for s, under its own hash and root', async () => {
  const { header, transactions } = decodeBlock((await makeBlock([call(0)])).block)
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const { signed, ...rest } = transactions[0]!
  const s: Hex = `0x${(order - BigInt(signed.s)).toString(16)}`
  const twin = {
    ...rest,
    signed: { ...signed, s, v: signed.v === '0x0' ? ('0x1' as const) : ('0x0' as const) },
  }
  const { whole } = encodeTransaction(twin, chainId)
  const fields = { ...header.fields, transactionsRoot: trieRoot([whole]) }
  const check = () =>
    checkSigned({ ...header, fields }, [{ ...twin, hash: `0x${keccakDigits(whole)}` }], chainId)
  expect(check).toThrow(expect.objectContaining({ code: 'signature-invalid' }))
})
