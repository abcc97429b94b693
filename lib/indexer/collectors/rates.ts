import { limitPolicyAbi } from '../../chain/generated/limit-policy'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertRates } from '../../db/ledger/rate'
import type { Collector } from '../collector'
import { decodeEvent, topicOf } from '../events'
import { lower } from '../watch'

const rateSet = topicOf(limitPolicyAbi, 'RateSet')

export const rates: Collector = {
  events: ({ policy }) => [[policy, rateSet]],
  collect: (log, { rows }) => {
    const { instrument, numerator, denominator, orderId } = decodeEvent(limitPolicyAbi, 'RateSet', log)
    const { blockNumber, logIndex } = log
    rows.rates.push({ blockNumber, logIndex, instrument: lower(instrument), numerator, denominator, orderId })
  },
  write: (sql, chainId, rows) => insertRates(sql, chainId, rows.rates),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'rate', chainId, last.number),
}
