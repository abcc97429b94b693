import 'server-only'
import type { Hex, PublicClient, Transaction } from 'viem'
import { type Deed, record } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { callFor } from '@/lib/chain/order-call'
import { type CallToTry, tryCall } from '@/lib/chain/order-reverts'
import { chainOrderOf, reasonCode, rejectionReason } from '@/lib/chain/orders'
import { type Tx, withActor } from '@/lib/db/client'
import type { OrderRecord } from '@/lib/db/order'
import { findSubmission, insertSubmission } from '@/lib/db/submission'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { askChain } from './ask-chain'
import { findPermitted, notTheAuthority } from './order-permit'
import { isRejectReason, type SubmitOrderInput } from './orders.schema'

const deeds: Record<SubmitOrderInput['act'], Deed> = {
  execute: 'submit:order',
  cancel: 'withdraw:order',
  reject: 'reject:order',
}

/**
 * Takes the hash of the transaction that carries an act on an order. What it does is read from the node and compared
 * with the order to the byte; the browser is believed in nothing. Being accepted here is not success: the indexer
 * alone says that an order has taken effect.
 */
export async function submitOrder(
  officer: Officer,
  { reference, act, txHash }: SubmitOrderInput,
): Promise<Result<{ reference: string }>> {
  if (officer.side !== 'authority') return notTheAuthority
  const first = await withActor(officer, (tx) => findOpen(tx, officer, { reference, act, txHash }))
  if (!first.ok) return first
  const { order } = first.value

  const asked = await askChain((client) => look(client, txHash))
  if (!asked.ok) return asked
  if (!asked.value) {
    return refuse(
      'transaction-unknown',
      'The node does not know this transaction yet. Try again in a few seconds.',
      {
        values: { txHash },
      },
    )
  }
  const { transaction, state, detail } = asked.value
  const difference = differenceOf(transaction, order, act, first.value.wallets)
  if (difference) {
    return refuse(
      'transaction-differs',
      `This transaction is not the order: ${difference}. It was not taken, and the difference is in the journal.`,
      { values: { txHash, order: order.id, difference, from: transaction.from } },
    )
  }

  return withActor(officer, async (tx) => {
    const still = await findOpen(tx, officer, { reference, act, txHash })
    if (!still.ok) return still
    const inserted = await insertSubmission(tx, {
      chainId: order.chainId,
      txHash,
      orderId: order.id,
      act,
      personId: officer.personId,
      wallet: transaction.from.toLowerCase() as Hex,
      nonce: BigInt(transaction.nonce),
      state,
      detail,
    })
    if (!inserted) return replayed(txHash)
    await record(tx, officer, {
      act: act === 'execute' && order.signatures > 1 ? 'approve:order' : deeds[act],
      subject: reference,
      firmId: order.firmId,
      detail: { order: order.id, txHash, state },
    })
    return accept({ reference })
  })
}

async function findOpen(tx: Tx, officer: Officer, { reference, act, txHash }: SubmitOrderInput) {
  if (await findSubmission(tx, env().chainId, txHash)) return replayed(txHash)
  const permitted = await findPermitted(tx, officer, reference, act, { evenIfClosed: true })
  if (!permitted.ok) return permitted
  const { life, wallets } = permitted.value
  // The index may have been quicker than the browser; but an order that ended by another transaction stays ended.
  const closedBy = life.outcome?.txHash
  // One that is only sent holds no other back: it may never be mined, and a wallet that raises the fee sends anew.
  const mined = life.submissions.some(({ state }) => state === 'accepted')
  if (life.order.withdrawnAt || mined || (closedBy && closedBy !== txHash)) {
    return refuse('order-closed', 'Another transaction for this order came first.', { values: { txHash } })
  }
  return accept({ order: life.order, wallets })
}

const replayed = (txHash: Hex) =>
  refuse('replayed', 'This transaction was submitted before.', { values: { txHash } })

type Look = { transaction: Transaction; state: 'sent' | 'accepted' | 'reverted'; detail: string }

/** Undefined if the node does not know the transaction. */
async function look(client: PublicClient, hash: Hex): Promise<Look | undefined> {
  const transaction = await client.getTransaction({ hash }).catch(unlessUnknown)
  if (!transaction) return undefined
  const receipt = await client.getTransactionReceipt({ hash }).catch(unlessUnknown)
  if (!receipt) return { transaction, state: 'sent', detail: '' }
  if (receipt.status === 'success') return { transaction, state: 'accepted', detail: '' }
  const call = { from: transaction.from, to: transaction.to, data: transaction.input } as CallToTry
  return { transaction, state: 'reverted', detail: await whyReverted(client, call, receipt.blockNumber) }
}

/** Tried again on the block before its own, where it meets what it met unless its own block changed that. */
export async function whyReverted(client: PublicClient, call: CallToTry, block: bigint): Promise<string> {
  const before = await tryCall(client, call, block - 1n)
  const trial = before.passes ? await tryCall(client, call, block) : before
  return trial.passes
    ? 'The transaction failed, perhaps for want of gas; the same call passes now.'
    : trial.why
}

/** viem throws where a node answers null. */
export function unlessUnknown(error: unknown): undefined {
  const name = error instanceof Error ? error.name : ''
  if (name === 'TransactionNotFoundError' || name === 'TransactionReceiptNotFoundError') return undefined
  throw error
}

/** In words, the first thing in which the transaction is not what this officer was asked to send. */
function differenceOf(
  transaction: Transaction,
  order: OrderRecord,
  act: SubmitOrderInput['act'],
  wallets: readonly Hex[],
): string | undefined {
  const from = transaction.from.toLowerCase()
  const sender = act === 'reject' || order.signatures > 1 ? wallets : [order.proposer]
  if (act === 'cancel' ? from !== order.proposer : !sender.some((wallet) => wallet === from)) {
    return 'it was sent from a wallet that is not bound to you'
  }
  if (transaction.to?.toLowerCase() !== order.contract) return 'it calls another contract'
  if (transaction.chainId !== undefined && transaction.chainId !== order.chainId)
    return 'it is for another chain'
  if (transaction.value !== 0n) return 'it moves money of the chain'
  const rejectReason = act === 'reject' ? rejectionReason(transaction.input) : undefined
  if (act === 'reject' && !(rejectReason && isRejectReason(reasonCode(rejectReason)))) {
    return 'it gives no known reason for rejecting'
  }
  const signature = order.signatures > 1 ? order.proposerSignature : null
  const expected = callFor(act, order.contract, chainOrderOf(order), { signature, rejectReason })
  return transaction.input.toLowerCase() === expected.data ? undefined : 'its data is not that of the order'
}
