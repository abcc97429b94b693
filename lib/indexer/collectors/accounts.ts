import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { deleteAccountsAfter, insertAccounts } from '../../db/ledger/account'
import type { Collector } from '../collector'
import { decodeEvent, firmIn, topicOf } from '../events'
import { lower } from '../watch'

const linked = topicOf(identityRegistryAbi, 'AccountLinked')

export const accounts: Collector = {
  events: ({ registry }) => [[registry, linked]],
  collect: (log, { known, rows }) => {
    const event = decodeEvent(identityRegistryAbi, 'AccountLinked', log)
    const address = lower(event.account)
    const holder = { identity: lower(event.identity), firmId: firmIn(log, event.firm) }
    known.accounts.set(address, holder)
    rows.accounts.push({ address, ...holder, blockNumber: log.blockNumber })
  },
  write: (sql, chainId, rows) => insertAccounts(sql, chainId, rows.accounts),
  discardAfter: (sql, chainId, last) => deleteAccountsAfter(sql, chainId, last.number),
}
