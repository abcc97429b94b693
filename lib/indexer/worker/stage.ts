import { hostname } from 'node:os'
import { type Claim, insertStaged, takeClaim } from '../../db/ledger/backfill-range'
import { Fault } from '../../errors/fault'
import { factsOf } from '../commit'
import { createRangeSize, fetchRange, inPieces } from '../fetch/ranges'
import { checkChain } from '../sync'
import type { Job } from './jobs'
import { defaultLease, type Lease } from './leadership'
import type { TurnOptions } from './turn'

/** While a worker does not lead a chain it claims ranges of a long backfill, and fetches and verifies them for who does. */
export function stageJob(options: TurnOptions & { lease?: Lease }, isLeading: () => boolean): Job {
  const { pool, config, log, lease = defaultLease } = options
  const name = `${hostname()} ${process.pid}`
  const run = async (signal: AbortSignal) => {
    while (!signal.aborted && !isLeading()) {
      const claim = await takeClaim(pool, config.id, name, lease.lapsesMs)
      if (!claim) return
      const { from, to, epoch } = claim
      const values = { from: String(from), to: String(to), epoch: String(epoch) }
      try {
        const isOver = () => signal.aborted || isLeading()
        if (await stage(options, claim, lease.lapsesMs, isOver)) log.info(values, 'range staged')
      } catch (error) {
        if (!(error instanceof Fault && error.code === 'fenced')) throw error
        log.info(values, 'range is no longer ours')
      }
    }
  }
  return { name: 'stage-backfill', everyMs: 1000, run }
}

/**
 * Piece by piece and in order, each in one transaction that asks whether the claim still holds.
 * @returns whether it is done
 */
export async function stage(
  { pool, source, config }: Pick<TurnOptions, 'pool' | 'source' | 'config'>,
  claim: Claim,
  lapsesMs: number,
  isOver = () => false,
): Promise<boolean> {
  const { from, to } = claim
  // Nothing is derived here. Why calls were refused the leader asks: it may watch more by then.
  const bare = { ...source, onValidators: undefined, watch: { ...config.watch, instruments: new Map() } }
  const size = createRangeSize()
  const whole = { from, to, lastOf: (first: bigint) => first + size.blocks - 1n }
  const fetch = (first: bigint, last: bigint) =>
    fetchRange(bare, first, last, size, (one) => checkChain(pool, one, config))
  for await (const blocks of inPieces(whole, fetch)) {
    if (isOver()) return false
    await insertStaged(pool, claim, factsOf(blocks), blocks.at(-1)!.header.number, lapsesMs)
  }
  return true
}
