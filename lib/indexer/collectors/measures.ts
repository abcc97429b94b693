import { instrumentAbi } from '../../chain/generated/instrument'
import { ordersAbi } from '../../chain/generated/orders'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertMeasures, insertPauses } from '../../db/ledger/measure'
import type { Collector } from '../collector'
import { orderBehind, type PlacedLog, placeOf } from '../draft'
import { decodeEvent, endIn, timeIn, topicOf } from '../events'
import { lower, ownInstruments } from '../watch'

const taken = topicOf(ordersAbi, 'MeasureTaken')
const until = topicOf(instrumentAbi, 'PausedUntil')

/** Freezes and pauses as they were ordered, with the day of their review. */
export const measures: Collector = {
  events: ({ orders }) => [[orders, taken]],
  want: (log, wanted) => void wanted.accounts.add(readMeasure(log).subject),
  collect: (log, { known, rows }) => {
    const measure = readMeasure(log)
    const holder = known.accounts.get(measure.subject)
    // A pause concerns everybody, even if somebody's account were at the instrument's address.
    const firmId = measure.subject === measure.instrument ? null : (holder?.firmId ?? null)
    rows.measures.push({ ...placeOf(log), ...measure, firmId })
  },
  write: (sql, chainId, rows) => insertMeasures(sql, chainId, rows.measures),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'measure', chainId, last.number),
}

function readMeasure(log: PlacedLog) {
  const event = decodeEvent(ordersAbi, 'MeasureTaken', log)
  return {
    orderId: event.orderId,
    kind: event.kind,
    instrument: lower(event.target),
    subject: lower(event.subject),
    reviewBy: timeIn(event.reviewBy),
    expiresAt: endIn(event.expiresAt),
  }
}

/** PausedUntil comes with each Paused and Unpaused and says more. */
export const pauses: Collector = {
  events: (watch) => ownInstruments(watch).map((address) => [address, until] as const),
  collect: (log, draft) => {
    const event = decodeEvent(instrumentAbi, 'PausedUntil', log)
    draft.rows.pauses.push({
      ...placeOf(log),
      instrument: log.address,
      paused: event.until !== 0n,
      until: event.until === 0n ? null : endIn(event.until),
      orderId: orderBehind(draft, log),
    })
  },
  write: (sql, chainId, rows) => insertPauses(sql, chainId, rows.pauses),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'pause', chainId, last.number),
}
