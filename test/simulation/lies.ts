import { type Hex, numberToHex } from 'viem'
import type { Trouble } from '../fault-proxy'
import type { Random } from '../random'

type Fields = Record<string, unknown>
type Receipt = Fields & { logs: Fields[] }
type Block = Fields & { transactions: Fields[] }

/** What a node may say that is not so, or how it may fail to say anything; every one of them must be found out. */
export type Mischief = { name: string; method?: string; trouble: Trouble }

const flipped = (hex: unknown): Hex => {
  const text = String(hex)
  return `${text.slice(0, -1)}${(Number.parseInt(text.at(-1)!, 16) ^ 1).toString(16)}` as Hex
}
const receipts = (name: string, change: (list: Receipt[]) => unknown): Mischief => ({
  name,
  method: 'eth_getBlockReceipts',
  trouble: { lie: (_method, _params, result) => change(result) },
})
const blocks = (name: string, change: (block: Block, full: unknown) => unknown): Mischief => ({
  name,
  method: 'eth_getBlockByNumber',
  trouble: { lie: (_method, params, result) => (result ? change(result, params[1]) : undefined) },
})
const withLogs = (list: Receipt[]) => list?.find(({ logs }) => logs.length > 0)
const edited = <T>(whole: T, edit: () => void): T => {
  edit()
  return whole
}
const altered = (name: string, field: string) =>
  blocks(name, (block) => ({ ...block, [field]: flipped(block[field]) }))

const lies: Mischief[] = [
  receipts('no receipts', () => null),
  receipts('receipts with a hole', (list) => (list?.length ? [null, ...list.slice(1)] : undefined)),
  receipts('a receipt too few', (list) => (list?.length ? list.slice(1) : undefined)),
  receipts('a log missing', (list) => {
    const found = withLogs(list)
    return found && edited(list, () => found.logs.pop())
  }),
  receipts('a log altered', (list) => {
    const log = withLogs(list)?.logs[0]
    return (
      log && edited(list, () => Object.assign(log, { data: flipped(log.data === '0x' ? '0x00' : log.data) }))
    )
  }),
  receipts('a log of another contract', (list) => {
    const log = withLogs(list)?.logs[0]
    return log && edited(list, () => Object.assign(log, { address: flipped(log.address) }))
  }),
  receipts('a log twice', (list) => {
    const found = withLogs(list)
    return found && edited(list, () => found.logs.push({ ...found.logs[0]! }))
  }),
  receipts('another outcome', (list) => {
    const first = list?.[0]
    return first && edited(list, () => Object.assign(first, { status: flipped(first.status) }))
  }),
  receipts('another gas', (list) => {
    const first = list?.[0]
    return first && edited(list, () => Object.assign(first, { gasUsed: flipped(first.gasUsed) }))
  }),
  altered('another hash', 'hash'),
  altered('another parent', 'parentHash'),
  altered('another state', 'stateRoot'),
  altered('another time', 'timestamp'),
  altered('another bloom', 'logsBloom'),
  altered('another root of receipts', 'receiptsRoot'),
  blocks('nothing', () => null),
  blocks('a block of another number', (block) => ({
    ...block,
    number: numberToHex(BigInt(String(block.number)) + 1n),
  })),
  blocks('a transaction missing', (block, full) =>
    full === true && block.transactions.length > 0
      ? { ...block, transactions: block.transactions.slice(1) }
      : undefined,
  ),
  ...['from', 'to', 'r', 'nonce', 'hash'].map((field) =>
    blocks(`a transaction with another ${field}`, (block, full) => {
      const first = block.transactions[0]
      if (full !== true || !first) return undefined
      return edited(block, () => Object.assign(first, { [field]: flipped(first[field]) }))
    }),
  ),
  { name: 'another chain', method: 'eth_chainId', trouble: { lie: () => '0x1' } },
]

const failures: Mischief[] = [
  { name: 'an error', trouble: { error: { code: -32000, message: 'header not found' } } },
  {
    name: 'too large a range',
    trouble: { error: { code: -32005, message: 'query returned more than 10000 results' } },
  },
  { name: 'status 500', trouble: { status: 500 } },
  { name: 'status 429', trouble: { status: 429, headers: { 'retry-after': '2' } } },
  { name: 'a page of HTML', trouble: { status: 200, body: '<html>busy</html>' } },
  { name: 'no answer', trouble: { cut: 'before' } },
  { name: 'half an answer', trouble: { cut: 'midway' } },
  { name: 'answers backwards', trouble: { envelope: (replies) => [...replies].reverse() } },
  { name: 'an answer twice', trouble: { envelope: (replies) => [...replies, replies[0]] } },
  { name: 'an answer too few', trouble: { envelope: (replies) => replies.slice(1) } },
]

export const drawMischief = (random: Random): Mischief => random.pick(random.chance(0.7) ? lies : failures)
