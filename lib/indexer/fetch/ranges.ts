import type { Rpc } from '../../chain/rpc'
import { upstreamsOf } from '../../chain/upstreams'
import { Fault } from '../../errors/fault'
import type { VerifiedBlock } from '../reducer'
import { verifyLink } from '../verify/block'
import { fetchBlocks, type Source } from './blocks'

/** Rows and milliseconds that one request should not pass. The rows bound memory: so many times the requests at once. */
const [mostRows, mostMs] = [4_000, 2_000]
/** Blocks in the first request, and in any. */
export const rangeSize = 20n
const mostBlocks = 200n

export type RangeSize = ReturnType<typeof createRangeSize>

/** How many blocks to ask for at once: more while answers are small and quick, fewer when a node says too much. */
export function createRangeSize(first = rangeSize) {
  let blocks = first
  let ceiling = mostBlocks
  return {
    get blocks() {
      return blocks
    },
    answered(asked: bigint, rows: number, ms: number): void {
      if (rows > mostRows || ms > mostMs) blocks = max(1n, min(blocks, asked / 2n))
      else if (asked >= blocks && rows * 2 < mostRows && ms * 2 < mostMs) blocks = min(ceiling, blocks * 2n)
    },
    /** So many were too many. Nearly that is not tried again soon, so the ceiling only creeps up. */
    refused(asked: bigint): void {
      blocks = max(1n, min(blocks, asked / 2n))
      ceiling = max(1n, asked - 1n)
    },
    crept(): void {
      ceiling = min(mostBlocks, ceiling + 1n)
    },
  }
}

export const rowsOf = (blocks: readonly VerifiedBlock[]) =>
  blocks.reduce((sum, { transactions, logs }) => sum + 1 + 2 * transactions.length + logs.length, 0)

/** Requests at a time. */
export const parallel = 4

type Whole = { from: bigint; to: bigint; lastOf: (first: bigint) => bigint; signal?: AbortSignal }

/** Pieces from `from` to `to`, both inclusive, cut where `lastOf` says, fetched side by side and given in order. */
export async function* inPieces(
  { from, to, lastOf, signal }: Whole,
  fetch: (first: bigint, last: bigint) => Promise<VerifiedBlock[]>,
): AsyncGenerator<VerifiedBlock[]> {
  const pending: Promise<VerifiedBlock[]>[] = []
  let next = from
  const fill = () => {
    while (pending.length < parallel && next <= to) {
      const last = min(lastOf(next), to)
      const piece = fetch(next, last)
      piece.catch(() => {}) // awaited below, or dropped with the rest after an earlier failure
      pending.push(piece)
      next = last + 1n
    }
  }
  fill()
  while (pending.length > 0 && !signal?.aborted) {
    const piece = await pending.shift()!
    fill()
    yield piece
  }
}

export type Check = (one: Rpc) => Promise<unknown>

/**
 * Blocks from `from` to `to`, both inclusive, that follow each other, from the first node whose answer holds. Nodes
 * limit the size of answers each in its own words: a range that every node fails is halved, down to one block.
 */
export async function fetchRange(
  source: Source,
  from: bigint,
  to: bigint,
  size: RangeSize,
  check: Check,
): Promise<VerifiedBlock[]> {
  const start = Date.now()
  try {
    const blocks = await fetchLinked(source, from, to, check)
    size.answered(to - from + 1n, rowsOf(blocks), Date.now() - start)
    size.crept()
    return blocks
  } catch (error) {
    if (from === to || !isSplittable(error)) throw error
    size.refused(to - from + 1n)
    const middle = (from + to) / 2n
    return [
      ...(await fetchRange(source, from, middle, size, check)),
      ...(await fetchRange(source, middle + 1n, to, size, check)),
    ]
  }
}

/** The same without splitting. Given a parent, the first must follow it; a node whose block does not is not believed. */
export function fetchLinked(
  source: Source,
  from: bigint,
  to: bigint,
  check: Check,
  parent?: { hash: string; time: bigint },
): Promise<VerifiedBlock[]> {
  const work = async (rpc: Rpc) => {
    const blocks = await fetchBlocks({ ...source, rpc }, from, to)
    let before = parent
    for (const { header } of blocks) {
      if (before) verifyLink(before, header)
      before = header
    }
    return blocks
  }
  return upstreamsOf(source.rpc).attempt(work, { upTo: to, check })
}

const splittable = ['node-error', 'node-answer', 'node-timeout', 'answer-too-large']
const isSplittable = (error: unknown) => error instanceof Fault && splittable.includes(error.code)

const min = (a: bigint, b: bigint) => (a < b ? a : b)
const max = (a: bigint, b: bigint) => (a > b ? a : b)
