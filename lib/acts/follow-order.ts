import 'server-only'
import type { PublicClient } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { may } from '@/lib/auth/officer'
import type { CallToTry } from '@/lib/chain/order-reverts'
import { withActor } from '@/lib/db/client'
import type { OrderRecord } from '@/lib/db/order'
import { findOrderLife } from '@/lib/db/order-life'
import { type SubmissionRecord, updateSubmission } from '@/lib/db/submission'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { askChain } from './ask-chain'
import type { FollowOrderInput } from './orders.schema'
import { unlessUnknown, whyReverted } from './submissions'

/**
 * Asks the node what became of a transaction that is still under way, and keeps the answer. Anybody who may see the
 * order may ask: whoever's browser closed, the next reader's finds out.
 * @returns whether anything is still under way.
 */
export async function followOrder(
  officer: Officer,
  { reference }: FollowOrderInput,
): Promise<Result<{ moving: boolean }>> {
  if (officer.side !== 'authority' || !may(officer, 'read:orders')) {
    return refuse('not-permitted', 'Only the authority follows its own transactions.')
  }
  const life = await withActor(officer, (tx) => findOrderLife(tx, reference))
  if (!life) return refuse('not-found', 'There is no order with this reference.', { values: { reference } })
  if (life.outcome) return accept({ moving: false })
  const moving = life.submissions.filter(isMoving)
  // Each on its own: one of which the node has nothing to say holds up no other.
  const fates = await Promise.all(moving.map((submission) => follow(officer, life.order, submission)))
  const failed = fates.find(({ ok }) => !ok)
  if (failed && !failed.ok) return failed
  return accept({ moving: fates.some((fate) => fate.ok && isMoving(fate.value)) })
}

async function follow(officer: Officer, order: OrderRecord, submission: SubmissionRecord) {
  const found = await askChain((client) => fateOf(client, order, submission))
  if (found.ok && (found.value.state !== submission.state || found.value.detail !== submission.detail)) {
    const { chainId, txHash } = submission
    await withActor(officer, (tx) => updateSubmission(tx, chainId, txHash, found.value))
  }
  return found
}

const isMoving = ({ state }: Pick<SubmissionRecord, 'state'>) => state === 'sent' || state === 'accepted'

type Fate = Pick<SubmissionRecord, 'state' | 'detail'>

/**
 * A transaction is replaced when its nonce was used by another, and dropped when the node forgot it unused, or still
 * keeps it when the order's deadline has passed: it is not waited for for ever.
 */
async function fateOf(
  client: PublicClient,
  { deadline }: OrderRecord,
  { txHash, wallet, nonce, createdAt }: SubmissionRecord,
): Promise<Fate> {
  // Before the receipt: then a receipt that is missing after the deadline is of a block that came too late.
  const head = await client.getBlock()
  const receipt = await client.getTransactionReceipt({ hash: txHash }).catch(unlessUnknown)
  if (receipt?.status === 'success') return { state: 'accepted', detail: '' }
  const transaction = await client.getTransaction({ hash: txHash }).catch(unlessUnknown)
  if (receipt && transaction) {
    const call = { from: transaction.from, to: transaction.to, data: transaction.input } as CallToTry
    return { state: 'reverted', detail: await whyReverted(client, call, receipt.blockNumber) }
  }
  if (transaction && head.timestamp * 1000n <= deadline.getTime()) return { state: 'sent', detail: '' }
  if (transaction) {
    return {
      state: 'dropped',
      detail:
        'It was in no block when the deadline of the order passed. The order cannot take effect any more, and nothing waits for this transaction.',
    }
  }
  const used = BigInt(await client.getTransactionCount({ address: wallet, blockTag: 'latest' }))
  if (used > nonce) {
    return {
      state: 'replaced',
      detail: 'The wallet sent another transaction in its place. This one had no effect.',
    }
  }
  // A node may not have heard of it yet: give it a minute before calling it lost.
  if (Date.now() - createdAt.getTime() < 60_000) return { state: 'sent', detail: '' }
  return {
    state: 'dropped',
    detail: 'The node has forgotten the transaction. It had no effect; send it again.',
  }
}
