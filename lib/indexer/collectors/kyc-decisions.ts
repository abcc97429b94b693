import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { deleteKycDecisionsAfter, insertKycDecisions } from '../../db/ledger/identity'
import type { Collector } from '../collector'
import { decodeEvent, expiryIn, firmIn, topicOf } from '../events'
import { lower } from '../watch'

const decided = topicOf(identityRegistryAbi, 'KycDecided')

/** Decisions, and the standing of identities that they make. */
export const kycDecisions: Collector = {
  events: ({ registry }) => [[registry, decided]],
  collect: (log, { rows }) => {
    const event = decodeEvent(identityRegistryAbi, 'KycDecided', log)
    rows.decisions.push({
      blockNumber: log.blockNumber,
      logIndex: log.logIndex,
      time: log.time,
      identity: lower(event.identity),
      firmId: firmIn(log, event.firm),
      status: event.status,
      tier: event.tier,
      expiry: expiryIn(event.expiry),
      evidence: event.evidence,
      orderId: event.orderId,
    })
  },
  write: (sql, chainId, rows) => insertKycDecisions(sql, chainId, rows.decisions),
  discardAfter: (sql, chainId, last) => deleteKycDecisionsAfter(sql, chainId, last.number),
}
