import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { recordedBlocks, recordedChainId } from '../../../test/recorded-chain'
import { executionApisConversations, mainnetConversations } from '../../../test/replay-server'
import { Fault } from '../../errors/fault'
import { decodeBlock, decodeLogs, decodeReceipts } from '../decode/answers'
import { type FetchedBlock, verifyBlock } from './block'
import type { Verification } from './rules'

// One bit of a node's answers is flipped: either the block is refused, or nothing that is read of it has changed.

type Answers = { block: unknown; receipts?: unknown; logs?: unknown }
type Sample = { answers: Answers; number: bigint; verification: Verification }
type Path = (string | number)[]

/** What no hash commits to, or what follows from the rest. Nothing reads it, as the flips below show. */
const unread = {
  block: ['size', 'totalDifficulty'],
  transaction: ['blockTimestamp'],
  receipt: ['from', 'to', 'type', 'effectiveGasPrice', 'blobGasUsed', 'blobGasPrice'],
  log: ['blockTimestamp'],
}
/** Of a legacy transaction `v` holds the chain; from EIP-1559 on the price paid is not the one that was signed. */
const unreadOf = (type: string) => [
  ...unread.transaction,
  type === '0x0' ? 'chainId' : type === '0x1' ? '' : 'gasPrice',
]

function isUnread({ block }: Answers, path: Path): boolean {
  const name = String(path.at(-1))
  if (path.includes('logs')) return unread.log.includes(name)
  if (path[0] === 'receipts') return unread.receipt.includes(name)
  if (path[1] !== 'transactions') return unread.block.includes(name)
  const { transactions } = block as { transactions: { type: string }[] }
  return path.length === 4 && unreadOf(transactions[path[2] as number]!.type).includes(name)
}

let head: Sample
let mainnet: Sample

beforeAll(async () => {
  const said = executionApisConversations()
  const answerOf = (name: string) =>
    (said.find((conversation) => conversation.name === name)!.answer as { result: object }).result
  head = {
    answers: {
      block: { ...answerOf('eth_getBlockByNumber/get-latest.io'), ...(await recordedBlocks()).at(-1)! },
      receipts: answerOf('eth_getBlockReceipts/get-block-receipts-latest.io'),
    },
    number: 54n,
    verification: { facts: 'receipts', chainId: recordedChainId, consensus: 'plain' },
  }
  const recorded = mainnetConversations().map(({ answer }) => (answer as { result: unknown }).result)
  mainnet = {
    answers: { block: recorded[4], logs: recorded[5] },
    number: 18_000_000n,
    verification: { facts: 'logs', chainId: 1, consensus: 'plain' },
  }
})

function decode({ block, receipts: said, logs }: Answers): FetchedBlock {
  const receipts = said === undefined ? null : decodeReceipts(said)
  return { ...decodeBlock(block), receipts, logs: receipts?.flatMap((one) => one.logs) ?? decodeLogs(logs) }
}

const verify = ({ number, verification }: Sample, block: FetchedBlock) =>
  verifyBlock(block, number, verification)

/** Every string of the answers, by where it stands. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    leavesOf(part, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

/** The answers with another bit in the hexadecimal digit `at` from the end. */
function flip(answers: Answers, path: Path, at: number, bit: number): Answers | undefined {
  const changed = structuredClone(answers)
  const parent = path.slice(0, -1).reduce<never>((part, name) => part[name] as never, changed as never)
  const name = path.at(-1) as never
  const text = parent[name] as string
  if (text.length === 2) return undefined
  const position = text.length - 1 - (at % (text.length - 2))
  const digit = (Number.parseInt(text[position]!, 16) ^ (1 << bit)).toString(16)
  parent[name] = (text.slice(0, position) + digit + text.slice(position + 1)) as never
  return changed
}

/** @returns Whether the flip was noticed; if not, nothing that was read may differ. */
function isNoticed(sample: Sample, changed: Answers): boolean {
  let block: FetchedBlock
  try {
    block = decode(changed)
    verify(sample, block)
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    return true
  }
  expect(block).toEqual(decode(sample.answers))
  return false
}

const nameOf = (path: Path) => path.join('.')

test('both verify as they were recorded', () => {
  verify(head, decode(head.answers))
  verify(mainnet, decode(mainnet.answers))
})

test('the first and the last bit of every string of the head, and all in between that come up', () => {
  for (const path of leavesOf(head.answers)) {
    for (const [at, bit] of [
      [0, 0],
      [63, 3],
      [7, 2],
    ] as const) {
      const changed = flip(head.answers, path, at, bit)
      if (changed)
        expect([nameOf(path), isNoticed(head, changed)]).toEqual([
          nameOf(path),
          !isUnread(head.answers, path),
        ])
    }
  }
}, 120_000)

test.each([
  ['the head of the recorded chain', () => head, 2000],
  ['block 18,000,000 of mainnet', () => mainnet, 150],
])(
  'any bit of %s',
  (_name, sampleOf, numRuns) => {
    const sample = sampleOf()
    const leaves = leavesOf({ block: sample.answers.block, receipts: sample.answers.receipts })
    const anyBit = fc.tuple(fc.nat(leaves.length - 1), fc.nat(200_000), fc.nat(3))
    fc.assert(
      fc.property(anyBit, ([leaf, at, bit]) => {
        const path = leaves[leaf]!
        const changed = flip(sample.answers, path, at, bit)
        if (changed)
          expect([nameOf(path), isNoticed(sample, changed)]).toEqual([
            nameOf(path),
            !isUnread(sample.answers, path),
          ])
      }),
      { numRuns, seed: 18 },
    )
  },
  120_000,
)

test('without receipts, as at the level `logs`, the data of a log is the node’s word', () => {
  const changed = flip(mainnet.answers, ['logs', 0, 'data'], 0, 0)!
  expect(() => verify(mainnet, decode(changed))).not.toThrow()
})
