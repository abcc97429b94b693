import {
  type ActivityRow,
  everyFirm,
  periods,
  rebuildActivityAfter,
  upsertActivity,
} from '../../db/ledger/activity'
import type { RefusedTransferRow } from '../../db/ledger/refused-transfer'
import type { TransferRow } from '../../db/ledger/transfer'
import type { Collector } from '../collector'

/** What moved an hour and a day, by instrument and firm: sums of transfers and refusals, written with them. */
export const activity: Collector = {
  write: (sql, chainId, { transfers, refusals }) => upsertActivity(sql, chainId, sumsOf(transfers, refusals)),
  discardAfter: (sql, chainId, last) => rebuildActivityAfter(sql, chainId, last),
}

/** One row a period, firm and instrument. A refusal counts for the firm that would have sent. */
export function sumsOf(
  transfers: readonly TransferRow[],
  refusals: readonly RefusedTransferRow[],
): ActivityRow[] {
  const sums = new Map<string, ActivityRow>()
  for (const { time, instrument, fromFirm, toFirm, amount } of transfers) {
    for (const hours of periods) {
      const period = time / BigInt(3600 * hours)
      settle(rowAt(sums, hours, period, everyFirm, instrument), amount, amount, amount)
      if (fromFirm !== null) {
        const returned = toFirm === fromFirm ? amount : 0n
        settle(rowAt(sums, hours, period, fromFirm, instrument), amount, amount, returned)
      }
      if (toFirm !== null && toFirm !== fromFirm) {
        settle(rowAt(sums, hours, period, toFirm, instrument), amount, 0n, amount)
      }
    }
  }
  for (const { time, instrument, fromFirm } of refusals) {
    for (const hours of periods) {
      const period = time / BigInt(3600 * hours)
      rowAt(sums, hours, period, everyFirm, instrument).refused += 1
      if (fromFirm !== null) rowAt(sums, hours, period, fromFirm, instrument).refused += 1
    }
  }
  return [...sums.values()]
}

function settle(row: ActivityRow, amount: bigint, sent: bigint, received: bigint): void {
  row.settled += 1
  row.amount += amount
  row.sent += sent
  row.received += received
}

function rowAt(
  sums: Map<string, ActivityRow>,
  hours: ActivityRow['hours'],
  period: bigint,
  firmId: number,
  instrument: ActivityRow['instrument'],
): ActivityRow {
  const key = `${hours} ${period} ${firmId} ${instrument}`
  const known = sums.get(key)
  if (known) return known
  const counts = { settled: 0, refused: 0, amount: 0n, sent: 0n, received: 0n }
  const row = { hours, period, firmId, instrument, ...counts }
  sums.set(key, row)
  return row
}
