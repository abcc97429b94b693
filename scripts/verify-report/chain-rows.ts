import { createPublicClient, http, type Log, type PublicClient, parseAbi, parseAbiItem } from 'viem'
import type { ChainRow } from '../../lib/reports/compare-register'
import type { Problem, ReadHead } from '../../lib/reports/read-register'

/**
 * The rows that a register should have, read from a node and from nothing of ours: Transfer logs of the instruments,
 * block times, and the accounts of each firm by the registry's own events. Written apart from the indexer on purpose.
 */

const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 amount)')
const linkedEvent = parseAbiItem(
  'event AccountLinked(address indexed account, address indexed identity, uint32 indexed firm)',
)
const tokenAbi = parseAbi([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
])

export const connect = (url: string): PublicClient =>
  createPublicClient({ transport: http(url, { batch: { batchSize: 100 }, timeout: 30_000 }) })

/** What the head claims of the chain itself and of the instruments. */
export async function checkHead(client: PublicClient, head: ReadHead): Promise<Problem[]> {
  const [chainId, genesis, block] = await Promise.all([
    client.getChainId(),
    client.getBlock({ blockNumber: 0n }),
    client.getBlock({ blockNumber: head.asOf.block }).catch(() => undefined),
  ])
  const wrong: string[] = []
  if (chainId !== head.chainId)
    wrong.push(`The node is of chain ${chainId}, the file of chain ${head.chainId}`)
  if (genesis.hash !== head.genesis) wrong.push(`The node's genesis block is ${genesis.hash}`)
  if (!block) wrong.push(`The node has no block ${head.asOf.block}`)
  else {
    if (block.hash !== head.asOf.hash) wrong.push(`On the node, block ${head.asOf.block} is ${block.hash}`)
    if (timeOf(block.timestamp) !== head.asOf.time.toISOString())
      wrong.push('The as-at block has another time')
  }
  for (const [address, { symbol, decimals }] of head.instruments) {
    const token = { address: address as `0x${string}`, abi: tokenAbi } as const
    const [trueSymbol, trueDecimals] = await Promise.all([
      client.readContract({ ...token, functionName: 'symbol' }).catch(() => undefined),
      client.readContract({ ...token, functionName: 'decimals' }).catch(() => undefined),
    ])
    if (trueSymbol !== symbol) wrong.push(`${address} calls itself ${trueSymbol}, the file ${symbol}`)
    if (trueDecimals !== decimals)
      wrong.push(`${address} has ${trueDecimals} decimals, the file says ${decimals}`)
  }
  return wrong.map((message) => ({ line: null, message }))
}

export async function readChainRows(client: PublicClient, head: ReadHead): Promise<ChainRow[]> {
  const [first, last] = await Promise.all([
    firstBlockFrom(client, head.from, head.asOf.block),
    firstBlockFrom(client, head.until, head.asOf.block).then((number) => number - 1n),
  ])
  const firms = await readFirms(client, head)
  const instruments = [...head.instruments.keys()] as `0x${string}`[]
  const logs = await readLogs(first, last, (fromBlock, toBlock) =>
    client.getLogs({ address: instruments, event: transferEvent, strict: true, fromBlock, toBlock }),
  )
  const rows = logs.map((log) => {
    const from = log.args.from.toLowerCase()
    const to = log.args.to.toLowerCase()
    return {
      block: log.blockNumber,
      logIndex: log.logIndex,
      transaction: log.transactionHash,
      instrument: log.address.toLowerCase(),
      from,
      to,
      fromFirm: firms(from, log),
      toFirm: firms(to, log),
      amount: log.args.amount,
    }
  })
  const mine = rows.filter(
    ({ fromFirm, toFirm }) => head.firm === null || fromFirm === head.firm || toFirm === head.firm,
  )
  const times = await readTimes(client, [...new Set(mine.map(({ block }) => block))])
  return mine.map((row) => ({ ...row, time: times.get(row.block)! }))
}

/** Account and moment → firm. An account that was linked later belonged to nobody yet. */
async function readFirms(client: PublicClient, head: ReadHead) {
  const linked = await readLogs(0n, head.asOf.block, (fromBlock, toBlock) =>
    client.getLogs({
      address: head.registry as `0x${string}`,
      event: linkedEvent,
      strict: true,
      fromBlock,
      toBlock,
    }),
  )
  const links = new Map(linked.map((log) => [log.args.account.toLowerCase(), log]))
  return (account: string, at: Position): number | null => {
    const link = links.get(account)
    const earlier =
      link &&
      (link.blockNumber === at.blockNumber ? link.logIndex < at.logIndex : link.blockNumber < at.blockNumber)
    return earlier ? link.args.firm : null
  }
}

type Position = Pick<Log<bigint, number, false>, 'blockNumber' | 'logIndex'>

/** In pieces of 5,000 blocks; a node that finds a piece too large gets halves of it. Both bounds inclusive. */
async function readLogs<T>(
  from: bigint,
  to: bigint,
  read: (fromBlock: bigint, toBlock: bigint) => Promise<T[]>,
): Promise<T[]> {
  const logs: T[] = []
  let size = 5_000n
  for (let start = from; start <= to; ) {
    const end = start + size - 1n < to ? start + size - 1n : to
    try {
      for (const log of await read(start, end)) logs.push(log)
      start = end + 1n
    } catch (cause) {
      if (size === 1n) throw cause
      size /= 2n
    }
  }
  return logs
}

/** The first block at or after a time, at most one after `last`. Block times never go back, so halving finds it. */
async function firstBlockFrom(client: PublicClient, time: Date, last: bigint): Promise<bigint> {
  let low = 0n
  let high = last + 1n
  while (low < high) {
    const middle = (low + high) / 2n
    const { timestamp } = await client.getBlock({ blockNumber: middle })
    if (timestamp * 1_000n < BigInt(time.getTime())) low = middle + 1n
    else high = middle
  }
  return low
}

async function readTimes(client: PublicClient, blocks: bigint[]): Promise<Map<bigint, string>> {
  const times = new Map<bigint, string>()
  for (let at = 0; at < blocks.length; at += 500) {
    const piece = await Promise.all(
      blocks.slice(at, at + 500).map((blockNumber) => client.getBlock({ blockNumber })),
    )
    for (const { number, timestamp } of piece) times.set(number, timeOf(timestamp))
  }
  return times
}

const timeOf = (timestamp: bigint): string => new Date(Number(timestamp) * 1_000).toISOString()
