import type { Hex } from 'viem'
import { ordersAbi } from '../../chain/generated/orders'
import { decodeArguments } from '../../chain/orders'
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
  collect: (log, { known, rows }) => void rows.outcomes.push(readOutcome(log, known)),
  write: (sql, chainId, rows) => insertOrderOutcomes(sql, chainId, rows.outcomes),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'order_outcome', chainId, last.number),
}

function readOutcome(log: PlacedLog, known: Known): OrderOutcomeRow {
  const { blockNumber, logIndex, time, transactionHash: txHash } = log
  const place = { blockNumber, logIndex, time, txHash }
  const open = { kind: 0, target: null, arguments: null, legalRef: null, firmId: null }
  const nobody = { proposerPerson: null, approver: null, approverPerson: null, reason: null }
  if (log.topics[0] === cancelled) {
    const { id, proposer, proposerPerson } = decodeEvent(ordersAbi, 'OrderCancelled', log)
    const by = { ...nobody, proposer: lower(proposer), proposerPerson }
    return { ...place, ...open, ...by, orderId: id, outcome: 'cancelled' }
  }
  if (log.topics[0] === rejected) {
    const { id, proposer, ...event } = decodeEvent(ordersAbi, 'OrderRejected', log)
    const { approverPerson, reason } = event
    const by = {
      proposer: lower(proposer),
      proposerPerson: null,
      approver: lower(event.approver),
      approverPerson,
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
    target: lower(event.target),
    firmId: firmConcerned(actionOf(log, kind, event.arguments), known),
  }
}

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
  if (action.kind === 'DecideKyc') wanted.identities.add(action.identity)
  if (action.kind === 'Freeze' || action.kind === 'Unfreeze') wanted.accounts.add(action.account)
  if (action.kind === 'SetLimit' && action.scope === scopes.identity) {
    wanted.identities.add(subjectOf(action.scope, action.subject) as Hex)
  }
}

/** null: the order concerns no firm of its own, or one that nobody here knows. */
function firmConcerned(action: ReturnType<typeof decodeArguments>, known: Known): number | null {
  switch (action.kind) {
    case 'DecideKyc':
      return known.identities.get(action.identity) ?? null
    case 'SetLimit':
      return firmOfSubject(action.scope, subjectOf(action.scope, action.subject), known)
    case 'Freeze':
    case 'Unfreeze':
      return known.accounts.get(action.account)?.firmId ?? null
    case 'SetRate':
    case 'SetRoles':
    case 'SetSignatures':
      return null
  }
}
