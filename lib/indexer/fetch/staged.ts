import { setImmediate as turn } from 'node:timers/promises'
import pg, { type Pool } from 'pg'
import { upstreamsOf } from '../../chain/upstreams'
import { deleteWritten, dropRange, findStaged, hasRanges, offerRanges } from '../../db/ledger/backfill-range'
import type { Finality } from '../../db/ledger/chain'
import type { StoredBlock } from '../../db/ledger/stored'
import { Fault } from '../../errors/fault'
import type { Header } from '../decode/answers'
import type { VerifiedBlock } from '../reducer'
import { verifyLink } from '../verify/block'
import { fetchHeaders, findHeaders, type Source, withReverts } from './blocks'
import { toCanonical } from './canonical'
import { type Check, type RangeSize, rowsOf } from './ranges'
import { verifyStoredBlocks } from './stored'

/** How the leader of a chain lets others fetch for it. In blocks: */
export type Sharing = {
  /** of a range; */
  size: bigint
  /** of a gap that is worth it; */
  least: bigint
  /** that are offered at a time, which bounds what is stored twice. */
  ahead: bigint
  /** Told of a range that was staged and is not so. */
  onRefused?: (error: unknown, block: bigint) => void
  /** Told of what PostgreSQL refused, or kept waiting: the leader goes on without. */
  onFailed?: (error: unknown) => void
}

export const usualSharing: Sharing = { size: 2_000n, least: 8_000n, ahead: 64_000n }

type Leader = {
  writer: { pool: Pool; chainId: number; epoch: bigint }
  source: Source
  config: { finality: Finality }
  cursor: { number: bigint }
  ranges: RangeSize
  check: Check
  sharing?: Sharing
}

/**
 * What the leader of a chain has others fetch on the way to `head`, and takes of them. It waits for nobody: what is not
 * staged when it comes there it fetches itself, and whoever was about to is told by a claim that is gone.
 * @returns undefined if there is nothing to share.
 */
export async function shareBackfill(leader: Leader, head: bigint) {
  const { sharing, writer } = leader
  const { pool, chainId } = writer
  if (!sharing || leader.source.verification.facts !== 'receipts') return undefined
  const isLong = head - leader.cursor.number > sharing.least
  /** A connection that is lost the writer has lost too. */
  const unlessFailed = <T>(work: Promise<T>) =>
    work.catch((error) => {
      if (!isAnswer(error)) throw error
      sharing.onFailed?.(error)
    })
  if (!isLong && !(await unlessFailed(hasRanges(pool, chainId)))) return undefined
  const final = isLong ? await finalBelow(leader, head) : 0n
  const startOf = (block: bigint) => block - (block % sharing.size)
  let [offeredAt, missedAt, taken] = [-1n, -1n, 0n]

  /** One whole range further on is offered, so that whoever takes it has a start on us. */
  async function offer(at: bigint): Promise<void> {
    const from = startOf(at) + 2n * sharing!.size
    const to = final < from + sharing!.ahead - 1n ? final : from + sharing!.ahead - 1n
    await unlessFailed(offerRanges(pool, writer, leader.cursor.number, { from, to, size: sharing!.size }))
  }

  async function miss(block: bigint): Promise<undefined> {
    missedAt = startOf(block)
    await unlessFailed(dropRange(pool, writer, block))
    return undefined
  }

  async function refuse(error: unknown, block: bigint): Promise<undefined> {
    sharing!.onRefused?.(error, block)
    return miss(block)
  }

  return {
    taken: () => taken,
    /** Where a piece ends that would reach into the next range. */
    cut(first: bigint, last: bigint): bigint {
      const end = startOf(first) + sharing.size - 1n
      return last < end ? last : end
    },
    async take(from: bigint, to: bigint): Promise<VerifiedBlock[] | undefined> {
      const start = startOf(from)
      if (offeredAt !== start) {
        offeredAt = start
        await offer(from)
      }
      if (missedAt === start) return undefined
      const began = Date.now()
      let stored: StoredBlock[] | undefined
      try {
        stored = await findStaged(pool, chainId, from, to)
      } catch (error) {
        // No time, or no number, that a block could have: what is staged is not so either.
        if (isAnswer(error) || error instanceof SyntaxError) return refuse(error, from)
        throw error
      }
      if (!stored) return miss(from)
      const ends = await unlessFault(findEnds(leader, from, to))
      if (!ends) return undefined
      const verified = await verifyStaged(leader, stored, ends).catch((error) => refuse(error, from))
      if (!verified) return undefined
      const blocks = await unlessFault(askReverts(leader, verified, to))
      if (!blocks) return undefined
      leader.ranges.answered(to - from + 1n, rowsOf(blocks), Date.now() - began)
      taken += BigInt(blocks.length)
      return blocks
    },
    end: async () => void (await unlessFailed(deleteWritten(pool, chainId, leader.cursor.number))),
  }
}

/** As far as a head says; of what is not final after all, the links will tell. */
async function finalBelow({ source, config, check }: Leader, head: bigint): Promise<bigint> {
  if (config.finality !== 'finalized') return head - BigInt(config.finality)
  const ask = upstreamsOf(source.rpc).attempt((one) => findHeaders(one, ['finalized'], source.verification), {
    check,
  })
  const [header] = await ask.catch(() => [])
  return header && header.number < head ? header.number : 0n
}

/** Whether PostgreSQL is there, and said no. */
const isAnswer = (error: unknown) => error instanceof pg.DatabaseError && !/^(08|57P)/.test(error.code ?? '')

/** What a node will not say now says nothing about what is staged. Whoever fetches the same meets the fault. */
const unlessFault = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error) => {
    if (!(error instanceof Fault)) throw error
    return undefined
  })

type Ends = { parent: Header; last: Header }

/** Between which blocks a piece lies, by a node of ours. */
async function findEnds({ source, check }: Leader, from: bigint, to: bigint): Promise<Ends> {
  const [parent, last] = await upstreamsOf(source.rpc).attempt(
    (one) => fetchHeaders(one, [from - 1n, to], source.verification),
    { upTo: to, check },
  )
  return { parent: parent!, last: last! }
}

/** Nobody's word is taken for them: every block is verified as a fetched one would be, up to the last that a node named. */
async function verifyStaged(
  { source }: Leader,
  stored: readonly StoredBlock[],
  { parent, last }: Ends,
): Promise<VerifiedBlock[]> {
  const blocks: VerifiedBlock[] = []
  let before = parent
  for (let number = parent.number + 1n; number <= last.number; number += 1n) {
    const own = stored
      .slice(blocks.length, blocks.length + 1)
      .map((block) => toCanonical(block, source.verification.chainId))
    const [block] = verifyStoredBlocks(own, source, number, number, before)
    verifyLink(before, block!.header)
    before = block!.header
    blocks.push(block!)
    await turn() // as in fetchBlocks: others go on meanwhile
  }
  if (before.hash === last.hash) return blocks
  const what = `Block ${last.number} as staged is ${before.hash}, the node has ${last.hash}`
  throw new Fault('stored-mismatch', what)
}

/** Why calls were refused no hash covers: that is never taken from what was staged. */
const askReverts = ({ source, check }: Leader, blocks: VerifiedBlock[], to: bigint) =>
  upstreamsOf(source.rpc).attempt((rpc) => withReverts({ ...source, rpc }, blocks), { upTo: to, check })
