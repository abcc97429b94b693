import type { Pool } from 'pg'
import type { Comparison } from '../nodes/compare-head'
import type { Pager } from './pager'

export type Patience = {
  /** Milliseconds without a new head after which a chain has stalled. */
  stallMs: number
  /** Milliseconds for which nodes may disagree about what is not final yet: news travel. */
  contestMs: number
  /** Milliseconds between two clocks that are still the same time. */
  skewMs: number
}

export const defaultPatience: Patience = { stallMs: 30_000, contestMs: 5_000, skewMs: 60_000 }

/** Watches what the nodes say over time. `now` in milliseconds, of this process. */
export function createAlarms(pager: Pager, { stallMs, skewMs }: Patience) {
  let head = -1n
  let movedAt = 0
  return {
    heard({ head: number, time, state }: Comparison, now: number): void {
      if (number !== head) {
        head = number
        movedAt = now
        pager.clear('PlimsollHeadStalled')
      } else if (now - movedAt > stallMs) {
        pager.raise(
          'PlimsollHeadStalled',
          { head: String(head) },
          'no new block: validators or nodes have stopped',
        )
      }
      if (state === 'stale') {
        pager.raise('PlimsollHeightRegressed', { head: String(head) }, 'every node is behind what is indexed')
      } else pager.clear('PlimsollHeightRegressed')
      const ahead = Number(time) * 1000 - now
      if (ahead > skewMs) {
        const values = { aheadMs: ahead, head: String(head) }
        pager.raise('PlimsollClockSkew', values, 'the chain’s clock is ahead of this machine’s', 'chain')
      } else pager.clear('PlimsollClockSkew', 'chain')
    },
    /** Compares this machine's clock with the database's, by which people's deadlines go. */
    async compareClocks(pool: Pool, now: () => number): Promise<void> {
      const before = now()
      const { rows } = await pool.query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms')
      const skew = Number(rows[0].ms) - (before + now()) / 2
      if (Math.abs(skew) > skewMs) {
        const values = { skewMs: Math.round(skew) }
        pager.raise(
          'PlimsollClockSkew',
          values,
          'the database’s clock differs from this machine’s',
          'database',
        )
      } else pager.clear('PlimsollClockSkew', 'database')
    },
  }
}
