import { type Address, type Hex, zeroAddress } from 'viem'
import { ordersAbi } from '../../chain/generated/orders'
import { decodeArguments, type OrderAction } from '../../chain/orders'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertOrderOutcomes, type OrderOutcomeRow } from '../../db/ledger/order-outcome'
import type { Collector } from '../collector'
import type { Known, PlacedLog, Wanted } from '../draft'
import { decodeEvent, topicOf, undecodable } from '../events'
import { lower } from '../watch'
import { firmOfSubject, scopes, subjectOf } from './limits'

const executed = topicOf(ordersAbi, 'OrderExecuted')
const cancelled = topicOf(ordersAbi, 'OrderCancelled')
const rejected = topicOf(ordersAbi, 'OrderRejected')

export const orderOutcomes: Collector = {
  events: ({ orders }) => [executed, cancelled, rejected].map((topic) => [orders, topic] as const),
  want: (log, wanted) => {
    if (log.topics[0] === executed) wantSubject(log, wanted)
  },
  collect: (log, draft) => {
    const outcome = readOutcome(log, draft.known)
    draft.rows.outcomes.push(outcome)
    if (outcome.outcome !== 'executed') return
    draft.order = { transactionHash: log.transactionHash, id: outcome.orderId }
    draft.unfrozen.clear()
  },
  write: (sql, chainId, rows) => insertOrderOutcomes(sql, chainId, rows.outcomes),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'order_outcome', chainId, last.number),
}

function readOutcome(log: PlacedLog, known: Known): OrderOutcomeRow {
  const { blockNumber, logIndex, time, transactionHash: txHash } = log
  const place = { blockNumber, logIndex, time, txHash }
  const open = { kind: 0, target: null, arguments: null, legalRef: null, firmId: null }
  const own = { proposerFor: null, approverFor: null }
  const nobody = { ...own, proposerPerson: null, approver: null, approverPerson: null, reason: null }
  if (log.topics[0] === cancelled) {
    const { id, proposer, proposerPerson } = decodeEvent(ordersAbi, 'OrderCancelled', log)
    const by = { ...nobody, proposer: lower(proposer), proposerPerson }
    return { ...place, ...open, ...by, orderId: id, outcome: 'cancelled' }
  }
  if (log.topics[0] === rejected) {
    const { id, proposer, ...event } = decodeEvent(ordersAbi, 'OrderRejected', log)
    const { proposerPerson, approverPerson, reason } = event
    const by = {
      proposer: lower(proposer),
      proposerPerson,
      approver: lower(event.approver),
      approverPerson,
      ...principals(event),
    }
    return { ...place, ...open, ...by, reason, orderId: id, outcome: 'rejected' }
  }
  const event = decodeEvent(ordersAbi, 'OrderExecuted', log)
  const { kind, proposerPerson, approverPerson, reason, legalRef } = event
  return {
    ...{ ...place, kind, proposerPerson, approverPerson, reason, legalRef, arguments: event.arguments },
    orderId: event.id,
    outcome: 'executed',
    proposer: lower(event.proposer),
    approver: lower(event.approver),
    ...principals(event),
    target: lower(event.target),
    firmId: firmConcerned(actionOf(log, kind, event.arguments), known),
  }
}

/** Zero says that somebody acted in their own right. */
const principals = ({ proposerFor, approverFor }: { proposerFor: Address; approverFor: Address }) => ({
  proposerFor: proposerFor === zeroAddress ? null : lower(proposerFor),
  approverFor: approverFor === zeroAddress ? null : lower(approverFor),
})

function actionOf(log: PlacedLog, kind: number, encoded: Hex) {
  try {
    return decodeArguments(kind, encoded)
  } catch (error) {
    throw undecodable(log, 'OrderExecuted', error instanceof Error ? error.message : '')
  }
}

function wantSubject(log: PlacedLog, wanted: Wanted): void {
  const event = decodeEvent(ordersAbi, 'OrderExecuted', log)
  const action = actionOf(log, event.kind, event.arguments)
  const { identity, account } = concerned(action)
  if (identity) wanted.identities.add(identity)
  if (account) wanted.accounts.add(account)
}

/** null: the order concerns no firm of its own, or one that nobody here knows. */
function firmConcerned(action: OrderAction, known: Known): number | null {
  if (action.kind === 'SetLimit') {
    return firmOfSubject(action.scope, subjectOf(action.scope, action.subject), known)
  }
  const { identity, account } = concerned(action)
  if (identity) return known.identities.get(identity) ?? null
  if (account) return known.accounts.get(account)?.firmId ?? null
  return null
}

/** Whose order it is: of an identity, or of the one behind an account. */
function concerned(action: OrderAction): { identity?: Hex; account?: Hex } {
  switch (action.kind) {
    case 'DecideKyc':
    case 'SetScreening':
    case 'SetCountry':
    case 'Recover':
      return { identity: action.identity }
    case 'SetLimit':
      if (action.scope !== scopes.identity) return {}
      return { identity: subjectOf(action.scope, action.subject) as Hex }
    case 'Freeze':
    case 'Unfreeze':
    case 'FreezeAmount':
      return { account: action.account }
    case 'ForcedTransfer':
    case 'Preapprove':
      return { account: action.from }
    case 'SetRate':
    case 'SetRoles':
    case 'SetSignatures':
    case 'Pause':
    case 'Unpause':
    case 'SetCountryRule':
    case 'SetSupplyCap':
    case 'SetHolderCap':
    case 'SetTrustedIssuer':
    case 'SetClaimTopic':
    case 'Delegate':
    case 'SetCompliance':
    case 'Upgrade':
      return {}
  }
}
