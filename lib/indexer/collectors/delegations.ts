import { rolesAbi } from '../../chain/generated/roles'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertDelegations } from '../../db/ledger/delegation'
import type { Collector } from '../collector'
import { placeOf } from '../draft'
import { decodeEvent, timeIn, topicOf } from '../events'
import { lower } from '../watch'

const set = topicOf(rolesAbi, 'DelegationSet')
const ended = topicOf(rolesAbi, 'DelegationEnded')

/** Who acts for whom, from when until when. */
export const delegations: Collector = {
  events: ({ roles }) => [
    [roles, set],
    [roles, ended],
  ],
  collect: (log, { rows }) => {
    if (log.topics[0] === ended) {
      const { orderId, ...event } = decodeEvent(rolesAbi, 'DelegationEnded', log)
      const between = { principal: lower(event.principal), delegate: lower(event.delegate) }
      rows.delegations.push({ ...placeOf(log), ...between, orderId, term: null })
      return
    }
    const { orderId, principalPerson, delegatePerson, ...event } = decodeEvent(rolesAbi, 'DelegationSet', log)
    const between = { principal: lower(event.principal), delegate: lower(event.delegate) }
    const [startsAt, until] = [timeIn(event.startsAt), timeIn(event.until)]
    const term = { principalPerson, delegatePerson, startsAt, until }
    rows.delegations.push({ ...placeOf(log), ...between, orderId, term })
  },
  write: (sql, chainId, rows) => insertDelegations(sql, chainId, rows.delegations),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'delegation', chainId, last.number),
}
