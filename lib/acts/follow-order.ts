import 'server-only'
import type { PublicClient } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { may } from '@/lib/auth/officer'
import type { CallToTry } from '@/lib/chain/order-reverts'
import { withActor } from '@/lib/db/client'
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
  const moving = life.submissions.filter(({ state }) => state === 'sent' || state === 'accepted')
  for (const submission of moving) {
    const found = await askChain((client) => fateOf(client, submission))
    if (!found.ok) return found
    if (found.value.state !== submission.state || found.value.detail !== submission.detail) {
      await withActor(officer, (tx) =>
        updateSubmission(tx, submission.chainId, submission.txHash, found.value),
      )
    }
  }
  return accept({ moving: moving.length > 0 })
}

type Fate = Pick<SubmissionRecord, 'state' | 'detail'>

/** A transaction is replaced when its nonce was used by another, and dropped when the node forgot it unused. */
async function fateOf(
  client: PublicClient,
  { txHash, wallet, nonce, createdAt }: SubmissionRecord,
): Promise<Fate> {
  const receipt = await client.getTransactionReceipt({ hash: txHash }).catch(unlessUnknown)
  if (receipt?.status === 'success') return { state: 'accepted', detail: '' }
  const transaction = await client.getTransaction({ hash: txHash }).catch(unlessUnknown)
  if (receipt && transaction) {
    const call = { from: transaction.from, to: transaction.to, data: transaction.input } as CallToTry
    return { state: 'reverted', detail: await whyReverted(client, call, receipt.blockNumber) }
  }
  if (transaction) return { state: 'sent', detail: '' }
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
