import { hexToString } from 'viem'
import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { deleteFirmsAfter, insertFirms } from '../../db/ledger/firm'
import type { Collector } from '../collector'
import { decodeEvent, firmIn, topicOf } from '../events'

const registered = topicOf(identityRegistryAbi, 'FirmRegistered')

export const firms: Collector = {
  events: ({ registry }) => [[registry, registered]],
  collect: (log, { rows }) => {
    const { firm, lei, name } = decodeEvent(identityRegistryAbi, 'FirmRegistered', log)
    rows.firms.push({ id: firmIn(log, firm), lei: hexToString(lei), name, blockNumber: log.blockNumber })
  },
  write: (sql, chainId, rows) => insertFirms(sql, chainId, rows.firms),
  discardAfter: (sql, chainId, last) => deleteFirmsAfter(sql, chainId, last.number),
}
