import { setImmediate as turn } from 'node:timers/promises'
import { numberToHex } from 'viem'
import { type Call, type Rpc, resultOf } from '../../chain/rpc'
import { Fault } from '../../errors/fault'
import { decodeBlock, decodeHeader, decodeLogs, decodeReceipts, type Header } from '../decode/answers'
import type { Revert } from '../draft'
import { isRefusal, type VerifiedBlock } from '../reducer'
import { type FetchedBlock, verifyBlock, verifyHeader, verifySuccession } from '../verify/block'
import type { ValidatorChange } from '../verify/qbft'
import type { HeaderVerification, Verification } from '../verify/rules'
import type { Watch } from '../watch'
import { replay } from './replay'

export type Source = {
  rpc: Rpc
  verification: Verification
  watch: Watch
  /** Told of every change of a QBFT chain's validators that a vote or the configuration accounts for. */
  onValidators?: (change: ValidatorChange) => void
  /** For a re-index: what the replay of then returned, which holds where the node could not say then or cannot now. */
  findRevert?: (blockHash: string, index: number) => Promise<Revert | undefined>
}

/** `finalized`: what the node takes for final, where it has such a thing. */
export type BlockTag = bigint | 'latest' | 'finalized'

/** The header of a block by number or tag, its hash recomputed and its seals checked. */
export async function fetchHeader(
  rpc: Rpc,
  block: BlockTag,
  verification?: HeaderVerification,
): Promise<Header> {
  const [header] = await fetchHeaders(rpc, [block], verification)
  return header!
}

export async function fetchHeaders(
  rpc: Rpc,
  blocks: readonly BlockTag[],
  verification?: HeaderVerification,
): Promise<Header[]> {
  const headers = await findHeaders(rpc, blocks, verification)
  return headers.map((header, index) => present(header, blocks[index]!))
}

/**
 * Undefined where the node has no such block. On a chain of another consensus than is said here no header's hash is
 * right, so that forgetting it trusts nobody.
 */
export async function findHeaders(
  rpc: Rpc,
  blocks: readonly BlockTag[],
  verification: HeaderVerification = { consensus: 'plain' },
): Promise<(Header | undefined)[]> {
  const method = 'eth_getBlockByNumber'
  const calls = blocks.map((block) => ({ method, params: [tag(block), false] }))
  const answers = await rpc.batch(calls)
  return answers.map((answer, index) => {
    const result = resultOf(method, answer)
    if (result == null) return undefined
    const header = decodeHeader(result)
    verifyHeader(header, verification)
    if (typeof blocks[index] === 'bigint' && header.number !== blocks[index]) {
      throw new Fault('wrong-number', `Block ${blocks[index]} was asked for, ${header.number} was given`)
    }
    return header
  })
}

/** Blocks from `from` to `to`, both inclusive, each verified on its own; that they follow each other is not. */
export async function fetchBlocks(source: Source, from: bigint, to: bigint): Promise<VerifiedBlock[]> {
  const numbers = Array.from({ length: Number(to - from) + 1 }, (_, index) => from + BigInt(index))
  const calls = numbers.flatMap((number) => callsFor(number, source.verification.facts))
  const answers = await source.rpc.batch(calls)
  const blocks: FetchedBlock[] = []
  for (const [index, number] of numbers.entries()) {
    const [first, second] = [index * 2, index * 2 + 1]
    const block = decodeBlock(present(resultOf(calls[first]!.method, answers[first]!), number))
    const rest = present(resultOf(calls[second]!.method, answers[second]!), number)
    const receipts = source.verification.facts === 'receipts' ? decodeReceipts(rest) : null
    const logs = receipts ? receipts.flatMap((receipt) => receipt.logs) : decodeLogs(rest)
    const fetched = { ...block, receipts, logs }
    verifyBlock(fetched, number, source.verification)
    blocks.push(fetched)
    // A whole range is half a second of work, for which the database would wait with the batch that is being written.
    await turn()
  }
  if (source.verification.consensus === 'qbft') await verifyValidators(source, blocks)
  return withReverts(source, blocks)
}

/** That validators follow from block to block: each header names its own, and who they may be its parent says. */
async function verifyValidators(
  { rpc, verification, onValidators }: Source,
  blocks: readonly FetchedBlock[],
): Promise<void> {
  let parent = await fetchHeader(rpc, blocks[0]!.header.number - 1n, verification)
  for (const { header } of blocks) {
    const change = verifySuccession(parent, header, verification)
    if (change) onValidators?.(change)
    parent = header
  }
}

export function callsFor(number: bigint, facts: Verification['facts']): [Call, Call] {
  const block: Call = { method: 'eth_getBlockByNumber', params: [tag(number), true] }
  if (facts === 'receipts') return [block, { method: 'eth_getBlockReceipts', params: [tag(number)] }]
  return [block, { method: 'eth_getLogs', params: [{ fromBlock: tag(number), toBlock: tag(number) }] }]
}

/** What replays of reverted calls return, which is the node's word alone, beside the blocks that hold them. */
export async function withReverts(source: Source, blocks: readonly FetchedBlock[]): Promise<VerifiedBlock[]> {
  const refusals = blocks.flatMap(({ header, transactions, receipts }) =>
    (receipts ?? [])
      .filter((receipt) => isRefusal(transactions[receipt.index]!, receipt, source.watch))
      .map((receipt) => ({ header, transaction: transactions[receipt.index]! })),
  )
  const replays = await replay(source.rpc, refusals)
  const verified = blocks.map((block) => ({ ...block, reverts: new Map<number, Revert>() }))
  for (const [position, { header, transaction }] of refusals.entries()) {
    let revert = replays[position]!
    const recorded = await source.findRevert?.(header.hash, transaction.index)
    if (recorded && (revert.data === null || recorded.data === null)) revert = recorded
    const block = verified[Number(header.number - blocks[0]!.header.number)]!
    block.reverts.set(transaction.index, revert)
  }
  return verified
}

function present<T>(result: T, block: BlockTag): NonNullable<T> {
  if (result != null) return result
  throw new Fault('block-missing', `The node has nothing for block ${block}`, { block: String(block) })
}

const tag = (block: BlockTag) => (typeof block === 'bigint' ? numberToHex(block) : block)
