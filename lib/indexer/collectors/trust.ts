import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertClaimTopics, insertTrustedIssuers } from '../../db/ledger/trust'
import type { Collector } from '../collector'
import { placeOf } from '../draft'
import { decodeEvent, topicOf } from '../events'
import { lower } from '../watch'

const issuerSet = topicOf(identityRegistryAbi, 'TrustedIssuerSet')
const topicSet = topicOf(identityRegistryAbi, 'ClaimTopicSet')

/** Which claims everybody needs, and whose count. */
export const trust: Collector = {
  events: ({ registry }) => [
    [registry, issuerSet],
    [registry, topicSet],
  ],
  collect: (log, { rows }) => {
    if (log.topics[0] === issuerSet) {
      const { issuer, ...event } = decodeEvent(identityRegistryAbi, 'TrustedIssuerSet', log)
      rows.trustedIssuers.push({ ...placeOf(log), ...event, issuer: lower(issuer) })
    } else {
      rows.claimTopics.push({ ...placeOf(log), ...decodeEvent(identityRegistryAbi, 'ClaimTopicSet', log) })
    }
  },
  write: async (sql, chainId, rows) => {
    await insertTrustedIssuers(sql, chainId, rows.trustedIssuers)
    await insertClaimTopics(sql, chainId, rows.claimTopics)
  },
  discardAfter: async (sql, chainId, last) => {
    await deleteAfter(sql, 'trusted_issuer', chainId, last.number)
    await deleteAfter(sql, 'claim_topic', chainId, last.number)
  },
}
