import 'server-only'
import { record } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { isProposerSignature } from '@/lib/chain/order-call'
import { chainOrderOf } from '@/lib/chain/orders'
import { withActor } from '@/lib/db/client'
import { type OrderRecord, updateOrderSignature, updateOrderWithdrawn } from '@/lib/db/order'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { askChain } from './ask-chain'

import { findPermitted } from './order-permit'
import type { SignOrderInput, WithdrawOrderInput } from './orders.schema'

/** Takes the proposer's signature of a two-signature order; from then on somebody else may approve it. */
export async function signOrder(
  officer: Officer,
  { reference, signature }: SignOrderInput,
): Promise<Result<{ reference: string }>> {
  const permitted = await withActor(officer, (tx) => findPermitted(tx, officer, reference, 'sign'))
  if (!permitted.ok) return permitted
  const { order } = permitted.value.life
  const verified = await askChain((client) =>
    isProposerSignature(client, order.chainId, order.contract, chainOrderOf(order), signature),
  )
  if (!verified.ok) return verified
  if (!verified.value) return notTheProposers(order)

  return withActor(officer, async (tx) => {
    // A second tab may have signed or withdrawn it while the node was asked.
    const still = await findPermitted(tx, officer, reference, 'sign')
    if (!still.ok) return still
    if (!(await updateOrderSignature(tx, order.id, signature))) return alreadyDone
    await record(tx, officer, {
      act: 'sign:order',
      subject: reference,
      firmId: order.firmId,
      detail: { order: order.id, wallet: order.proposer },
    })
    return accept({ reference })
  })
}

/** Takes back an order that nobody has signed: a matter of our own records. */
export async function withdrawOrder(
  officer: Officer,
  { reference }: WithdrawOrderInput,
): Promise<Result<{ reference: string }>> {
  return withActor(officer, async (tx) => {
    const permitted = await findPermitted(tx, officer, reference, 'withdraw')
    if (!permitted.ok) return permitted
    const { order } = permitted.value.life
    if (!(await updateOrderWithdrawn(tx, order.id, new Date()))) return alreadyDone
    await record(tx, officer, {
      act: 'withdraw:order',
      subject: reference,
      firmId: order.firmId,
      detail: { order: order.id },
    })
    return accept({ reference })
  })
}

const alreadyDone = refuse(
  'replayed',
  'This order was signed or withdrawn a moment ago. Load the page again.',
)

const notTheProposers = (order: OrderRecord) =>
  refuse('wrong-wallet', 'The signature is not of this order by the wallet it names. Nothing was stored.', {
    values: { order: order.id, wallet: order.proposer },
  })
