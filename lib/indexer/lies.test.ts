import { beforeAll, expect, test } from 'vitest'
import type { Lie } from '../../test/fault-proxy'
import { setUpIndexing } from '../../test/indexing'
import { until } from '../../test/until'
import { findCursor } from '../db/ledger/chain'
import { catchUp, checkChain, type Session } from './sync'
import { runIndexer } from './worker/run'

// A node that says of one block what is not so: refused by name, and nothing of it is written.

const { place, index, digest, differences } = setUpIndexing({ seed: 21, blocks: 25 })

type Block = Record<string, string> & { transactions: Record<string, string>[] }
type Log = { topics: string[]; [field: string]: unknown }
type Receipts = (Record<string, string> & { logs: Log[] })[]

/** Only what is asked of the block that comes next. */
let target = ''
const inBlock =
  (change: (block: Block) => unknown): Lie =>
  (method, [number, full], block) =>
    method === 'eth_getBlockByNumber' && number === target && full ? change(block) : undefined
const inReceipts =
  (change: (receipts: Receipts) => unknown): Lie =>
  (method, [number], receipts) =>
    method === 'eth_getBlockReceipts' && number === target ? change(receipts) : undefined

const logsOf = (receipts: Receipts) => receipts.find(({ logs }) => logs.length > 0)!.logs
const firstLog = (receipts: Receipts) => logsOf(receipts)[0]!
const set = <T extends object>(object: T, values: Partial<T>) => void Object.assign(object, values)
const otherHash = `0x${'5a'.repeat(32)}`
const plusOne = (quantity: string) => `0x${(BigInt(quantity) + 1n).toString(16)}`
const withChange =
  <T>(change: (value: T) => void) =>
  (value: T) => {
    change(value)
    return value
  }

const lies: [string, string, Lie][] = [
  ['a block that is not there', 'block-missing', inBlock(() => null)],
  [
    'another block than asked',
    'wrong-number',
    inBlock(withChange((block) => set(block, { number: plusOne(block.number!) }))),
  ],
  [
    'a quantity with a leading zero',
    'bad-shape',
    inBlock(withChange((block) => set(block, { gasUsed: '0x00' }))),
  ],
  ['a header field missing', 'bad-shape', inBlock(withChange((block) => void delete block.stateRoot))],
  [
    'a header field changed',
    'header-hash',
    inBlock(withChange((block) => set(block, { stateRoot: otherHash }))),
  ],
  ['another hash', 'header-hash', inBlock(withChange((block) => set(block, { hash: otherHash })))],
  [
    'a transaction missing',
    'transaction-order',
    inBlock(withChange((block) => void block.transactions.shift())),
  ],
  [
    'the last transaction missing',
    'receipt-count',
    inBlock(withChange((block) => void block.transactions.pop())),
  ],
  [
    'a transaction of another block',
    'transaction-mismatch',
    inBlock(withChange((block) => set(block.transactions[0]!, { blockHash: otherHash }))),
  ],
  [
    'transactions as hashes',
    'bad-shape',
    inBlock((block) => ({ ...block, transactions: block.transactions.map(({ hash }) => hash) })),
  ],
  ['no receipts', 'block-missing', inReceipts(() => null)],
  ['a receipt missing', 'receipt-count', inReceipts((receipts) => receipts.slice(0, -1))],
  ['a receipt that is null', 'receipt-null', inReceipts((receipts) => [null, ...receipts.slice(1)])],
  [
    'a receipt with another index',
    'receipt-mismatch',
    inReceipts(withChange((receipts) => set(receipts[0]!, { transactionIndex: '0x7' }))),
  ],
  ['receipts in another order', 'receipt-mismatch', inReceipts((receipts) => receipts.reverse())],
  [
    'a receipt of another block',
    'receipt-mismatch',
    inReceipts(withChange((receipts) => set(receipts[0]!, { blockHash: otherHash }))),
  ],
  [
    'a receipt of another transaction',
    'receipt-mismatch',
    inReceipts(withChange((receipts) => set(receipts[0]!, { transactionHash: otherHash }))),
  ],
  [
    'a status that is neither',
    'bad-shape',
    inReceipts(withChange((receipts) => set(receipts[0]!, { status: '0x2' }))),
  ],
  [
    'gas that does not add up',
    'gas-mismatch',
    inReceipts(
      withChange((receipts) =>
        set(receipts.at(-1)!, { cumulativeGasUsed: plusOne(receipts.at(-1)!.cumulativeGasUsed!) }),
      ),
    ),
  ],
  [
    'gas that is not the header’s',
    'gas-mismatch',
    inReceipts(
      withChange((receipts) =>
        set(receipts.at(-1)!, {
          gasUsed: plusOne(receipts.at(-1)!.gasUsed!),
          cumulativeGasUsed: plusOne(receipts.at(-1)!.cumulativeGasUsed!),
        }),
      ),
    ),
  ],
  [
    'a log missing',
    'log-order',
    inReceipts(withChange((receipts) => void receipts.find(({ logs }) => logs.length > 1)!.logs.shift())),
  ],
  [
    'a log twice',
    'log-order',
    inReceipts(withChange((receipts) => void logsOf(receipts).push(firstLog(receipts)))),
  ],
  [
    'a log index with a gap',
    'log-order',
    inReceipts(withChange((receipts) => set(firstLog(receipts), { logIndex: '0x9' }))),
  ],
  [
    'a log of another transaction',
    'log-mismatch',
    inReceipts(withChange((receipts) => set(firstLog(receipts), { transactionHash: otherHash }))),
  ],
  [
    'a log marked as removed',
    'bad-shape',
    inReceipts(withChange((receipts) => set(firstLog(receipts), { removed: true }))),
  ],
  [
    'another topic',
    'bloom-mismatch',
    inReceipts(withChange((receipts) => set(firstLog(receipts), { topics: [otherHash] }))),
  ],
  [
    'another contract',
    'bloom-mismatch',
    inReceipts(withChange((receipts) => set(firstLog(receipts), { address: `0x${'5a'.repeat(20)}` }))),
  ],
  [
    'another amount',
    'receipts-root',
    inReceipts(withChange((receipts) => set(firstLog(receipts), { data: otherHash }))),
  ],
  [
    'a refused call as done',
    'receipts-root',
    inReceipts(
      withChange((receipts) => set(receipts.find(({ status }) => status === '0x0')!, { status: '0x1' })),
    ),
  ],
  [
    'another sender',
    'sender-mismatch',
    inBlock(withChange((block) => set(block.transactions[0]!, { from: `0x${'5a'.repeat(20)}` }))),
  ],
  [
    'another call',
    'transaction-hash',
    inBlock(withChange((block) => set(block.transactions[0]!, { input: otherHash }))),
  ],
  [
    'a contract created that was not',
    'receipt-mismatch',
    inReceipts(withChange((receipts) => set(receipts[0]!, { contractAddress: `0x${'5a'.repeat(20)}` }))),
  ],
  ['an uncle', 'uncles-mismatch', inBlock((block) => ({ ...block, uncles: [otherHash] }))],
  [
    'a receipt’s bloom of its own',
    'bloom-mismatch',
    inReceipts(withChange((receipts) => set(receipts[0]!, { logsBloom: `0x${'ff'.repeat(256)}` }))),
  ],
]

let session: Session

beforeAll(async () => {
  session = await index()
  // A block with a refusal, several logs in one transaction, and a last transaction that has logs.
  const { chain } = place
  const three = [1, 2, 3].map((n) => ({
    topics: [`0x${String(n).padStart(64, '0')}` as const],
    data: '0x' as const,
  }))
  await chain.addBlock(
    { part: 'spare', entries: three },
    { part: 'ours', refused: '0xdeadbeef' },
    { part: 'anchor', entries: three },
  )
  target = `0x${(await chain.head()).number.toString(16)}`
})

test.each(lies)('%s is refused as %s', async (_what, code, lie) => {
  const before = await digest()
  place.node.tell(lie)
  await expect(catchUp(session, BigInt(target))).rejects.toMatchObject({ name: 'Fault', code })
  place.node.tell(undefined)
  expect(await digest()).toBe(before)
})

test.each([
  ['chain', 'wrong-chain', ((method) => (method === 'eth_chainId' ? '0x1' : undefined)) as Lie],
  [
    'genesis',
    'wrong-genesis',
    ((method, [number], block) =>
      method === 'eth_getBlockByNumber' && number === '0x0' ? genesisOfOther(block) : undefined) as Lie,
  ],
])('another %s is refused as %s', async (_what, code, lie) => {
  place.node.tell(lie)
  await expect(checkChain(place.pool, place.rpc, place.config)).rejects.toMatchObject({ code })
  place.node.tell(undefined)
})

/** The hash of a header with this timestamp, so that only the pinned hash can tell. */
function genesisOfOther(block: Block): Block {
  return { ...block, ...otherGenesis }
}
const otherGenesis: Record<string, string> = {}

beforeAll(async () => {
  const { decodeHeader } = await import('./decode/answers')
  const { hashHeader } = await import('./verify/header')
  const block = (await place.rpc.call('eth_getBlockByNumber', '0x0', false)) as Block
  const timestamp = plusOne(block.timestamp!)
  Object.assign(otherGenesis, { timestamp, hash: hashHeader(decodeHeader({ ...block, timestamp }), 'plain') })
})

test('halts with the name on the cursor, tries again, and goes on when the node tells the truth', async () => {
  place.node.tell(inReceipts((receipts) => receipts.slice(0, -1)))
  const { pool, config, rpc } = place
  const stop = new AbortController()
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const source = { rpc, verification: config.verification, watch: config.watch }
  const running = runIndexer({ pool, source, config, log }, stop.signal)
  const cursor = () => findCursor(pool, config.id)
  await until(async () => (await cursor())?.haltReason?.startsWith('receipt-count: Block'))
  expect((await cursor())?.number).toBe(BigInt(target) - 1n)
  place.node.tell(undefined)
  await until(async () => (await cursor())?.number === BigInt(target))
  expect((await cursor())?.haltReason).toBeNull()
  stop.abort()
  await running
  expect(await differences()).toEqual([])
})
