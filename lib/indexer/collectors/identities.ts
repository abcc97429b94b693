import { zeroHash } from 'viem'
import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { deleteIdentitiesAfter, insertIdentities } from '../../db/ledger/identity'
import type { Collector } from '../collector'
import { decodeEvent, firmIn, topicOf } from '../events'
import { lower } from '../watch'

const created = topicOf(identityRegistryAbi, 'IdentityCreated')
/** IIdentityRegistry.Status */
const pending = 1

export const identities: Collector = {
  events: ({ registry }) => [[registry, created]],
  collect: (log, { known, rows }) => {
    const event = decodeEvent(identityRegistryAbi, 'IdentityCreated', log)
    const address = lower(event.identity)
    const firmId = firmIn(log, event.firm)
    known.identities.set(address, firmId)
    const { country } = event
    rows.identities.push({
      ...{ address, firmId, country, status: pending, evidence: zeroHash, blockNumber: log.blockNumber },
    })
  },
  write: (sql, chainId, rows) => insertIdentities(sql, chainId, rows.identities),
  discardAfter: (sql, chainId, last) => deleteIdentitiesAfter(sql, chainId, last.number),
}
