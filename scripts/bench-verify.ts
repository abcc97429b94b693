import type { Hex } from 'viem'
import { decodeBlock, decodeHeader, decodeReceipts } from '../lib/indexer/decode/answers'
import { verifyBlock, verifyHeader } from '../lib/indexer/verify/block'
import { bloomOf } from '../lib/indexer/verify/bloom'
import { hashHeader } from '../lib/indexer/verify/header'
import { keccak256, keccakDigits } from '../lib/indexer/verify/keccak'
import { receiptsRoot } from '../lib/indexer/verify/receipts'
import { recoverInScript, recoverNatively, signerOf } from '../lib/indexer/verify/signature'
import { encodeTransaction } from '../lib/indexer/verify/transactions'
import { trieRoot } from '../lib/indexer/verify/trie'
import { type MadeCall, makeBlock } from '../test/made-block'
import { makeQbftBlock, validatorOf } from '../test/qbft-chain'

/** What each check of a block costs: processor time, best of several rounds, on blocks like those of the index benchmark. */
const rounds = 12
const chainId = 31_337
const rules = { facts: 'receipts', chainId, consensus: 'plain' } as const
const token: Hex = `0x${'70'.repeat(20)}`

const transfer = (from: number, to: number) => ({
  address: token,
  topics: [`0x${'dd'.repeat(32)}`, word(from), word(to)] as const,
  data: word(from + to),
})
const word = (value: number): Hex => `0x${value.toString(16).padStart(64, '0')}`
const call = (nonce: number, transfers: number): MadeCall => ({
  transaction: {
    type: 'legacy',
    chainId,
    nonce,
    to: token,
    gas: 90_000n,
    gasPrice: 7n,
    data: `0x${'a9'.repeat(68)}`,
  },
  logs: Array.from({ length: transfers }, (_, index) => transfer(nonce % 2000, (nonce * 7 + index) % 2000)),
})

const texts: string[] = []
for (let block = 0; block < 40; block++) {
  const calls =
    block % 4 < 3 ? Array.from({ length: 10 }, (_, at) => call(block * 10 + at, 1)) : [call(block * 10, 50)]
  texts.push(JSON.stringify(await makeBlock([...calls])))
}
type Said = { block: unknown; receipts: unknown }
const said = texts.map((text) => JSON.parse(text) as Said)
const decode = ({ block, receipts: list }: Said) => {
  const receipts = decodeReceipts(list)
  return { ...decodeBlock(block), receipts, logs: receipts.flatMap(({ logs }) => logs) }
}
const blocks = said.map(decode)
const transactions = blocks.flatMap((block) => block.transactions)
const logs = blocks.flatMap((block) => block.logs)
const encodings = blocks.map((block) => block.transactions.map((each) => encodeTransaction(each, chainId)))
const signed = encodings.flat().map(({ unsigned, recovery }, index) => {
  const { r, s } = transactions[index]!.signed
  const digits = (value: Hex) => value.slice(2).padStart(64, '0')
  const digest = keccak256(Buffer.from(unsigned, 'hex'))
  return { digest, signature: Buffer.from(digits(r) + digits(s), 'hex'), recovery }
})
const validators = ['a', 'b', 'c', 'd'].map(validatorOf)
const genesis = await makeQbftBlock(null, { validators })
const sealed = decodeHeader(await makeQbftBlock(genesis, { validators }))

console.log(
  `${blocks.length} blocks, ${transactions.length} transactions, ${logs.length} logs; ${rounds} rounds`,
)
console.log(`secp256k1: ${recoverNatively ? 'libsecp256k1' : 'noble, which is many times slower'}\n`)
const count = { block: blocks.length, transaction: transactions.length, log: logs.length }
measure('JSON.parse', 'log', () => void texts.map((text) => JSON.parse(text)))
measure('decode, shape', 'log', () => void said.map(decode))
measure('header hash', 'block', () => void blocks.map(({ header }) => hashHeader(header, 'plain')))
measure(
  'transaction encoding',
  'transaction',
  () => void transactions.map((each) => encodeTransaction(each, chainId)),
)
measure(
  'transaction hash',
  'transaction',
  () => void encodings.flat().map(({ whole }) => keccakDigits(whole)),
)
measure(
  'transactions root',
  'transaction',
  () => void encodings.map((list) => trieRoot(list.map(({ whole }) => whole))),
)
measure(
  'sender',
  'transaction',
  () => void signed.map((each) => signerOf(each.digest, each.signature, each.recovery)),
)
measure(
  'receipts root',
  'log',
  () => void blocks.map((block) => receiptsRoot(block.receipts, block.transactions)),
)
measure(
  'blooms',
  'log',
  () => void blocks.map((block) => [...block.receipts.map((each) => each.logs), block.logs].map(bloomOf)),
)
measure('every check of a block', 'block', () => void blocks.map((block) => verifyBlock(block, 7n, rules)))
measure('QBFT header, 4 seals', 'seal', () => verifyHeader(sealed, { consensus: 'qbft' }), 4)
const [first] = signed
measure(
  '(noble: sender)',
  'call',
  () => void recoverInScript(first!.signature, first!.recovery, first!.digest),
  1,
)

function measure(name: string, unit: string, work: () => void, units = count[unit as 'block']): void {
  work()
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, user + system)
  }
  console.log(`${name.padEnd(24)} ${(best / units).toFixed(2).padStart(9)} µs a ${unit}`)
}
