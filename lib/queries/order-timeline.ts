import { reasonCode } from '@/lib/chain/orders'
import type { OrderLife } from '@/lib/db/order-life'
import type { OrderPeopleRecord } from '@/lib/db/order-people'
import type { SubmissionRecord } from '@/lib/db/submission'

export type Moment = {
  key: string
  title: string
  /** ISO 8601; null where only the fact is known and not its time. */
  at: string | null
  by: string | null
  text: string | null
  status: 'compliant' | 'warning' | 'info' | 'pending' | 'closed'
  txHash: string | null
}

/** What happened to an order, oldest first: the officers' doings and what the chain made of them, deputies by name. */
export function timelineOf(
  { order, submissions, outcome }: OrderLife,
  names: Map<string, string>,
  people?: Pick<OrderPeopleRecord, 'proposerFor' | 'approverFor'>,
): Moment[] {
  const moments: Moment[] = [
    moment('prepared', 'Prepared', 'pending', order.createdAt, names.get(order.proposerId)),
  ]
  if (order.proposerSignature) {
    moments.push(moment('signed', 'Signed by the proposer', 'pending', null, names.get(order.proposerId)))
  }
  if (order.withdrawnAt) {
    moments.push(moment('withdrawn', 'Withdrawn', 'closed', order.withdrawnAt, names.get(order.proposerId)))
  }
  for (const submission of submissions) {
    const { word, status } = submissionLooks[submission.state]
    moments.push({
      ...moment(submission.txHash, `${acts[submission.act]} ${word}`, status, submission.createdAt),
      by: names.get(submission.personId) ?? null,
      text: submission.detail || null,
      txHash: submission.txHash,
    })
  }
  if (outcome) {
    const { word, status } = outcomeLooks[outcome.outcome]
    const reason = outcome.outcome === 'rejected' && outcome.reason ? reasonCode(outcome.reason) : null
    moments.push({
      ...moment('outcome', word, status, outcome.time),
      text: [
        reason && `Reason ${reason}.`,
        people?.proposerFor && `Proposed for ${people.proposerFor}.`,
        people?.approverFor && `Approved for ${people.approverFor}.`,
        `Block ${outcome.blockNumber}.`,
      ]
        .filter(Boolean)
        .join(' '),
      txHash: outcome.txHash,
    })
  }
  return moments
}

const moment = (
  key: string,
  title: string,
  status: Moment['status'],
  at: Date | null,
  by?: string,
): Moment => ({
  key,
  title,
  at: at?.toISOString() ?? null,
  by: by ?? null,
  text: null,
  status,
  txHash: null,
})

const acts = { execute: 'Transaction', cancel: 'Cancellation', reject: 'Rejection' } as const

const submissionLooks: Record<SubmissionRecord['state'], { word: string; status: Moment['status'] }> = {
  sent: { word: 'sent', status: 'pending' },
  accepted: { word: 'in a block', status: 'info' },
  reverted: { word: 'reverted', status: 'warning' },
  replaced: { word: 'replaced', status: 'warning' },
  dropped: { word: 'dropped', status: 'warning' },
  mismatch: { word: 'not the order', status: 'warning' },
}

const outcomeLooks = {
  executed: { word: 'Carried out, indexed', status: 'compliant' },
  cancelled: { word: 'Cancelled on chain', status: 'closed' },
  rejected: { word: 'Rejected on chain', status: 'closed' },
} as const
