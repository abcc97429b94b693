import { instrumentAbi } from '../../chain/generated/instrument'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertUpgrades, type UpgradeRow } from '../../db/ledger/upgrade'
import type { Collector } from '../collector'
import { type Draft, orderBehind, type PlacedLog, placeOf } from '../draft'
import { decodeEvent, timeIn, topicOf } from '../events'
import { lower, ownInstruments } from '../watch'

const topics = {
  scheduled: topicOf(instrumentAbi, 'UpgradeScheduled'),
  cancelled: topicOf(instrumentAbi, 'UpgradeCancelled'),
  activated: topicOf(instrumentAbi, 'UpgradeActivated'),
  rolledBack: topicOf(instrumentAbi, 'UpgradeRolledBack'),
  /** ERC-1967's, which the first code comes with too. */
  upgraded: topicOf(instrumentAbi, 'Upgraded'),
  /** Ends each of these three, and names the version. */
  information: topicOf(instrumentAbi, 'UpdatedTokenInformation'),
}

/** Which code stands behind each instrument's address, which is to come, and which may come back. */
export const upgrades: Collector = {
  events: (watch) =>
    ownInstruments(watch).flatMap((address) =>
      Object.values(topics).map((topic) => [address, topic] as const),
    ),
  collect: (log, draft) => {
    const last = lastOf(log, draft)
    if (log.topics[0] === topics.information) {
      const { newVersion } = decodeEvent(instrumentAbi, 'UpdatedTokenInformation', log)
      if (last) last.version = newVersion
    } else if (log.topics[0] === topics.upgraded) {
      const implementation = lower(decodeEvent(instrumentAbi, 'Upgraded', log).implementation)
      if (last?.implementation === implementation) return
      draft.rows.upgrades.push({ ...blank(log), act: 'founded', implementation })
    } else draft.rows.upgrades.push(read(log, draft))
  },
  write: (sql, chainId, rows) => insertUpgrades(sql, chainId, rows.upgrades),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'upgrade', chainId, last.number),
}

/** What came into force last, if that was in this very block: the events of one upgrade come together. */
const lastOf = (log: PlacedLog, { rows }: Draft): UpgradeRow | undefined =>
  rows.upgrades.findLast(
    ({ instrument, blockNumber, act }) =>
      instrument === log.address &&
      blockNumber === log.blockNumber &&
      (act === 'founded' || act === 'activated' || act === 'rolled-back'),
  )

const blank = (log: PlacedLog) => ({
  ...placeOf(log),
  instrument: log.address,
  ...{ before: null, release: null, version: null, notBefore: null, rollbackUntil: null, orderId: null },
})

function read(log: PlacedLog, draft: Draft): UpgradeRow {
  const orderId = orderBehind(draft, log)
  switch (log.topics[0]) {
    case topics.scheduled: {
      const { implementation, release, notBefore } = decodeEvent(instrumentAbi, 'UpgradeScheduled', log)
      const when = { release, notBefore: timeIn(notBefore), orderId }
      return { ...blank(log), act: 'scheduled', implementation: lower(implementation), ...when }
    }
    case topics.cancelled: {
      const { implementation } = decodeEvent(instrumentAbi, 'UpgradeCancelled', log)
      return { ...blank(log), act: 'cancelled', implementation: lower(implementation), orderId }
    }
    case topics.rolledBack: {
      const { before, implementation, release } = decodeEvent(instrumentAbi, 'UpgradeRolledBack', log)
      const codes = { implementation: lower(implementation), before: lower(before) }
      return { ...blank(log), act: 'rolled-back', ...codes, release, orderId }
    }
    default: {
      // An administrator's act: whatever order is in the same transaction has nothing to do with it.
      const event = decodeEvent(instrumentAbi, 'UpgradeActivated', log)
      const codes = { implementation: lower(event.implementation), before: lower(event.before) }
      const rest = { release: event.release, rollbackUntil: timeIn(event.rollbackUntil) }
      return { ...blank(log), act: 'activated', ...codes, ...rest }
    }
  }
}
