import { rolesAbi } from '../../chain/generated/roles'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertRoleGrants } from '../../db/ledger/role-grant'
import type { Collector } from '../collector'
import { decodeEvent, topicOf } from '../events'
import { lower } from '../watch'

const rolesSet = topicOf(rolesAbi, 'RolesSet')

export const roles: Collector = {
  events: ({ roles }) => [[roles, rolesSet]],
  collect: (log, { rows }) => {
    const { account, person, roles, orderId } = decodeEvent(rolesAbi, 'RolesSet', log)
    const { blockNumber, logIndex, time } = log
    rows.grants.push({ blockNumber, logIndex, time, account: lower(account), person, roles, orderId })
  },
  write: (sql, chainId, rows) => insertRoleGrants(sql, chainId, rows.grants),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'role_grant', chainId, last.number),
}
