import type { Hex } from 'viem'
import type { Tx } from './client'
import { findOrder, findOrderForUpdate, type OrderRecord } from './order'
import { listOrderOutcomes, type OrderOutcomeRecord } from './order-outcome'
import { listSubmissions, type SubmissionRecord } from './submission'

/** An order with all that has happened to it. */
export type OrderLife = {
  order: OrderRecord
  submissions: SubmissionRecord[]
  outcome: OrderOutcomeRecord | undefined
}

export async function findOrderLife(
  tx: Tx,
  reference: string,
  options: { withSubmissions?: boolean } = {},
): Promise<OrderLife | undefined> {
  const order = await findOrder(tx, reference)
  return order && (await listOrderLives(tx, [order], options))[0]
}

/** The same with the order locked: two who act on it at once come one after the other. */
export async function findOrderLifeForUpdate(tx: Tx, reference: string): Promise<OrderLife | undefined> {
  const order = await findOrderForUpdate(tx, reference)
  return order && (await listOrderLives(tx, [order]))[0]
}

/** In the order given, which is of one chain. A firm may not read submissions: who sent what is not its affair. */
export async function listOrderLives(
  tx: Tx,
  orders: readonly OrderRecord[],
  { withSubmissions = true } = {},
): Promise<OrderLife[]> {
  const first = orders[0]
  if (!first) return []
  const ids = orders.map(({ id }) => id)
  const submissions = withSubmissions ? await listSubmissions(tx, ids) : []
  const outcomes = new Map<Hex, OrderOutcomeRecord>(
    (await listOrderOutcomes(tx, first.chainId, ids)).map((outcome) => [outcome.orderId, outcome]),
  )
  return orders.map((order) => ({
    order,
    submissions: submissions.filter(({ orderId }) => orderId === order.id),
    outcome: outcomes.get(order.id),
  }))
}
