import { countedHours } from '../../compliance/limits'
import type { Position } from '../../db/ledger/chain'
import type { FlowRow } from '../../db/ledger/flow'
import { addUse, type CountedHours, deriveUse, listStale, type UsedRow } from '../../db/ledger/limit-use'
import type { Rollup } from '../collector'
import type { Rows } from '../draft'
import { scopes } from './limits'

/** How much of each limit is used at the cursor, and its share: hours of flow beside limits and tiers. */
export const limitUse: Rollup = {
  add: async (sql, chainId, rows, from, to) => {
    const hours = countedHours(to.time)
    await addUse(sql, chainId, usedWithin(rows.flows.values(), hours))
    if (!isMoved(from, to) && rows.limitChanges.length === 0 && rows.decisions.length === 0) return
    const stale = await listStale(sql, chainId, hours, concernedBy(rows))
    if (stale.length > 0) await deriveUse(sql, chainId, hours, stale)
  },
  rebuild: (sql, chainId, last) => deriveUse(sql, chainId, countedHours(last.time), 'all'),
}

/** Windows move by the hour. */
const isMoved = (from: Position, to: Position) => from.time / 3600n !== to.time / 3600n

function concernedBy({ limitChanges, decisions }: Rows) {
  return {
    subjects: [
      ...limitChanges.filter(({ scope }) => scope !== scopes.tier),
      ...decisions.map(({ identity }) => ({ scope: scopes.identity, subject: identity })),
    ],
    tiers: limitChanges.filter(({ scope }) => scope === scopes.tier).map(({ subject }) => subject),
  }
}

/** Sums of the hours that count, one a subject and window; hours that sent nothing do not. */
export function usedWithin(flows: Iterable<FlowRow>, { firstOfDay, firstOfMonth }: CountedHours): UsedRow[] {
  const lines = new Map<string, UsedRow>()
  for (const { scope, subject, hour, value, firmId } of flows) {
    if (value === 0n) continue
    for (const [window, first] of [
      [1, firstOfDay],
      [2, firstOfMonth],
    ] as const) {
      if (hour < first) continue
      const key = `${scope} ${subject} ${window}`
      const line = lines.get(key)
      if (line) {
        line.used += value
        if (hour < line.oldest) line.oldest = hour
      } else lines.set(key, { scope, subject, window, firmId, used: value, oldest: hour })
    }
  }
  return [...lines.values()]
}
