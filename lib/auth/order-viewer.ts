import type { OrderFacts, Viewer } from '@/lib/compliance/order'
import type { OrderLife } from '@/lib/db/order-life'
import { may, type Officer } from './officer'

/** Who this officer is to this order. `proposerPerson` is whom the role table names for the proposer's wallet. */
export const viewerOf = (
  officer: Officer,
  { order }: OrderLife,
  proposerPerson: string | undefined,
  wallets: readonly string[],
): Viewer => ({
  isProposer: order.proposerId === officer.personId,
  samePerson: proposerPerson === officer.chainPerson,
  mayPropose: may(officer, 'propose:kyc'),
  mayApprove: may(officer, 'approve:order'),
  mayReject: may(officer, 'reject:order'),
  mayWithdraw: may(officer, 'withdraw:order'),
  wallets,
  proposerWallet: order.proposer,
})

export const factsOf = ({ order, submissions, outcome }: OrderLife): OrderFacts => ({
  signatures: order.signatures,
  deadline: order.deadline,
  signed: order.proposerSignature !== null,
  withdrawnAt: order.withdrawnAt,
  submissions,
  outcome: outcome ?? null,
})
