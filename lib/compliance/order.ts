import type { RefusalCode } from '@/lib/errors/refusal'

/** The life of an order, decided purely: what it is now, what comes next, and who may do it. */

export type OrderPhase =
  | 'prepared'
  | 'awaiting-approval'
  | 'sent'
  | 'in-block'
  | 'indexed'
  | 'effective'
  | 'reverted'
  | 'replaced'
  | 'dropped'
  | 'expired'
  | 'withdrawn'
  | 'cancelled'
  | 'rejected'

export type SubmissionAct = 'execute' | 'cancel' | 'reject'
export type SubmissionState = 'sent' | 'accepted' | 'reverted' | 'replaced' | 'dropped' | 'mismatch'

export type OrderFacts = Readonly<{
  /** Wallets needed: 1, the proposer sends; 2, another person sends what the proposer signed. */
  signatures: number
  /** Inclusive, as the contract has it. */
  deadline: Date
  /** The proposer's signature is with us. Never needed where one signature is enough. */
  signed: boolean
  withdrawnAt: Date | null
  /** Oldest first. */
  submissions: readonly { act: SubmissionAct; state: SubmissionState; createdAt: Date }[]
  /** Of the indexer alone; `applied` says that the projection it changes carries this order's id. */
  outcome: { outcome: 'executed' | 'cancelled' | 'rejected'; applied: boolean } | null
}>

export function phaseOf(facts: OrderFacts, now: Date): OrderPhase {
  if (facts.outcome?.outcome === 'executed') return facts.outcome.applied ? 'effective' : 'indexed'
  if (facts.outcome) return facts.outcome.outcome
  if (facts.withdrawnAt) return 'withdrawn'
  if (facts.submissions.some(({ state }) => state === 'accepted')) return 'in-block'
  const late = now > facts.deadline
  if (facts.submissions.some((each) => each.state === 'sent' && !(late && isStuck(each, now)))) return 'sent'
  if (late) return 'expired'
  const last = facts.submissions.findLast(({ state }) => state !== 'mismatch')?.state
  if (last === 'reverted' || last === 'replaced' || last === 'dropped') return last
  return facts.signatures > 1 && facts.signed ? 'awaiting-approval' : 'prepared'
}

const stuckAfterMs = 5 * 60_000

/** Far longer than blocks take: a transaction that waits so long, behind a gap of nonces perhaps, holds nobody back. */
const isStuck = ({ createdAt }: { createdAt: Date }, now: Date): boolean =>
  now.getTime() - createdAt.getTime() > stuckAfterMs

/** Nothing can happen to the order any more. */
export const isClosed = (phase: OrderPhase): boolean =>
  ['indexed', 'effective', 'expired', 'withdrawn', 'cancelled', 'rejected'].includes(phase)

/** Somebody's transaction is under way: everything else has to wait for it. */
export const isMoving = (phase: OrderPhase): boolean => phase === 'sent' || phase === 'in-block'

export const stepNames = ['Prepared', 'Signed', 'Sent', 'In block', 'Indexed', 'Effective'] as const
export type Step = { name: (typeof stepNames)[number]; state: 'done' | 'failed' | 'todo' }

/** How far along the six steps the order is. A failure marks the step that it stopped at. */
export function stepsOf(facts: OrderFacts, now: Date): Step[] {
  const phase = phaseOf(facts, now)
  const signed = facts.signed || facts.submissions.some(({ act }) => act === 'execute')
  const reached = { sent: 3, 'in-block': 4, indexed: 5, effective: 6, reverted: 4 }[phase as string]
  const done = reached ?? (signed ? 2 : 1)
  const failedAt = { reverted: 4, replaced: 3, dropped: 3 }[phase as string]
  const stopped = ['expired', 'withdrawn', 'cancelled', 'rejected'].includes(phase) ? done + 1 : failedAt
  return stepNames.map((name, at) => ({
    name,
    state: at + 1 === stopped ? 'failed' : at < done ? 'done' : 'todo',
  }))
}

export type OrderMove = 'sign' | 'execute' | 'reject' | 'withdraw' | 'cancel'

/** The person in front of the order. `samePerson` is by the role table's bytes32, not by sign-in name. */
export type Viewer = Readonly<{
  isProposer: boolean
  samePerson: boolean
  mayPropose: boolean
  mayApprove: boolean
  mayReject: boolean
  mayWithdraw: boolean
  /** Bound to this officer, in lower case. */
  wallets: readonly string[]
  proposerWallet: string
}>

export type Permit = { allowed: true } | { allowed: false; code: RefusalCode; why: string }

const yes: Permit = { allowed: true }
const no = (code: RefusalCode, why: string): Permit => ({ allowed: false, code, why })

/** Whether the viewer may make the move now, and if not, why not in words for the person. */
export function permitFor(move: OrderMove, facts: OrderFacts, viewer: Viewer, now: Date): Permit {
  const phase = phaseOf(facts, now)
  const who = permitPerson(move, facts, viewer)
  if (!who.allowed) return who
  if (phase === 'expired')
    return no('order-expired', 'The deadline has passed; the contract would refuse it.')
  if (isClosed(phase)) return no('order-closed', closedWords[phase as keyof typeof closedWords])
  const stuck = facts.submissions.every((each) => each.state !== 'sent' || isStuck(each, now))
  if (phase === 'in-block' || (phase === 'sent' && !stuck))
    return no('order-closed', 'A transaction for this order is already under way.')
  return permitStage(move, facts)
}

function permitPerson(move: OrderMove, facts: OrderFacts, viewer: Viewer): Permit {
  const checks = (move === 'execute' && facts.signatures > 1) || move === 'reject'
  if (checks && (viewer.isProposer || viewer.samePerson)) {
    return no(
      'own-order',
      'You proposed this order. Whoever proposes cannot also decide: two different people have to agree, and the contract refuses one person twice.',
    )
  }
  if (checks && !(move === 'reject' ? viewer.mayReject : viewer.mayApprove)) {
    return no('not-permitted', 'Your role does not approve or reject orders.')
  }
  if (!checks && !viewer.isProposer)
    return no('not-permitted', 'Only the officer who prepared it may do this.')
  if (!checks && !(move === 'withdraw' || move === 'cancel' ? viewer.mayWithdraw : viewer.mayPropose)) {
    return no('not-permitted', 'Your role no longer allows this.')
  }
  if (move === 'withdraw') return yes // a record of ours; no wallet is asked
  if (viewer.wallets.length === 0) {
    return no('no-wallet', 'No wallet is bound to you. Bind one on your account page first.')
  }
  if (!checks && !viewer.wallets.includes(viewer.proposerWallet)) {
    return no('wrong-wallet', 'The wallet this order names is no longer bound to you.')
  }
  return yes
}

function permitStage(move: OrderMove, facts: OrderFacts): Permit {
  const two = facts.signatures > 1
  const onChain = facts.signed || facts.submissions.length > 0
  switch (move) {
    case 'sign':
      if (!two) return no('order-closed', 'This order needs one signature: the transaction itself.')
      return facts.signed ? no('replayed', 'You have signed this order already.') : yes
    case 'execute':
    case 'reject':
      if (two && !facts.signed) return no('stale', 'The proposer has not signed this order yet.')
      if (!two && move === 'reject')
        return no('not-permitted', 'An order of one signature has no second person.')
      return yes
    case 'withdraw':
      return onChain
        ? no(
            'stale',
            'You have signed this order, so it has to be cancelled on chain, where nobody can use it again.',
          )
        : yes
    case 'cancel':
      return onChain
        ? yes
        : no('stale', 'Nothing was signed yet: take the order back here, without a transaction.')
  }
}

const closedWords = {
  indexed: 'This order has been carried out.',
  effective: 'This order has been carried out.',
  withdrawn: 'The officer who prepared this order took it back.',
  cancelled: 'The officer who proposed this order cancelled it on chain.',
  rejected: 'This order was rejected.',
}
