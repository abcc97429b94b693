import { setImmediate as turn } from 'node:timers/promises'
import type { Pool } from 'pg'
import { upstreamsOf } from '../../chain/upstreams'
import {
  deleteRangeOf,
  deleteUnclaimed,
  deleteWritten,
  findStaged,
  hasRanges,
  insertRanges,
} from '../../db/ledger/backfill-range'
import type { Finality } from '../../db/ledger/chain'
import type { StoredBlock } from '../../db/ledger/stored'
import { Fault } from '../../errors/fault'
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
}

export const usualSharing: Sharing = { size: 2_000n, least: 8_000n, ahead: 64_000n }

type Leader = {
  writer: { pool: Pool; chainId: number }
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
  if (!isLong && !(await hasRanges(pool, chainId))) return undefined
  const final = isLong ? await finalBelow(leader, head) : 0n
  const startOf = (block: bigint) => block - (block % sharing.size)
  let [offeredAt, missedAt, taken] = [-1n, -1n, 0n]

  /** One whole range further on is offered, so that whoever takes it has a start on us. */
  async function offer(at: bigint): Promise<void> {
    const from = startOf(at) + 2n * sharing!.size
    await deleteWritten(pool, chainId, leader.cursor.number)
    await deleteUnclaimed(pool, chainId, from)
    const to = final < from + sharing!.ahead - 1n ? final : from + sharing!.ahead - 1n
    await insertRanges(pool, chainId, from, to, sharing!.size)
  }

  async function miss(block: bigint): Promise<void> {
    missedAt = startOf(block)
    await deleteRangeOf(pool, chainId, block)
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
      const stored = await findStaged(pool, chainId, from, to)
      if (!stored) return void (await miss(from))
      const blocks = await verifyStaged(leader, stored, from, to).catch((error) => {
        sharing.onRefused?.(error, from)
      })
      if (!blocks) return void (await miss(from))
      leader.ranges.answered(to - from + 1n, rowsOf(blocks), Date.now() - began)
      taken += BigInt(blocks.length)
      return blocks
    },
    end: () => deleteWritten(pool, chainId, leader.cursor.number),
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

/**
 * Nobody's word is taken for them: every block is verified as a fetched one would be, and a node of ours says between
 * which hashes they lie. Why calls were refused, which no hash covers, it is asked as well.
 */
async function verifyStaged(
  { source, check }: Leader,
  stored: readonly StoredBlock[],
  from: bigint,
  to: bigint,
): Promise<VerifiedBlock[]> {
  const how = { upTo: to, check }
  const upstreams = upstreamsOf(source.rpc)
  const [parent, last] = await upstreams.attempt(
    (one) => fetchHeaders(one, [from - 1n, to], source.verification),
    how,
  )
  const blocks: VerifiedBlock[] = []
  let before = parent!
  for (let number = from; number <= to; number += 1n) {
    const own = stored
      .slice(blocks.length, blocks.length + 1)
      .map((block) => toCanonical(block, source.verification.chainId))
    const [block] = verifyStoredBlocks(own, source, number, number, before)
    verifyLink(before, block!.header)
    before = block!.header
    blocks.push(block!)
    await turn() // as in fetchBlocks: others go on meanwhile
  }
  if (before.hash !== last!.hash) {
    throw new Fault('stored-mismatch', `Block ${to} as staged is ${before.hash}, the node has ${last!.hash}`)
  }
  return upstreams.attempt((rpc) => withReverts({ ...source, rpc }, blocks), how)
}
