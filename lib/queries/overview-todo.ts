import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import type { Tx } from '@/lib/db/client'
import { countIdentities } from '@/lib/db/identity'
import { listOrders, type OrderRecord } from '@/lib/db/order'
import { env } from '@/lib/env'
import { mostCounted } from '@/lib/format/number'
import { wordsOf } from './order-words'

/** One thing that waits for this person. */
export type Todo =
  | {
      kind: 'approve' | 'sign'
      reference: string
      /** A whole sentence without its full stop. */
      title: string
      since: string
      deadline: string
    }
  /** Counted up to `mostCounted`. */
  | { kind: 'kyc'; count: number }
  | { kind: 'expired'; count: number }

const shown = 5

/** Oldest order first, since it lapses first; then what waits in numbers. */
export async function getTodo(tx: Tx, officer: Officer, now: Date): Promise<Todo[]> {
  const { chainId } = env()
  const todo: Todo[] = []
  if (may(officer, 'approve:order') || may(officer, 'propose:kyc')) {
    const approves = may(officer, 'approve:order')
    const orders = await listOrders(tx, {
      chainId,
      tab: 'needs-me',
      personId: officer.personId,
      approves,
      // People's deadlines run by the wall clock and not by the last block.
      now: new Date(),
      take: shown,
    })
    for (const order of orders.toReversed()) todo.push(orderTodo(order, approves))
  }
  // Registered but not decided: for the authority's officers to sign, for a firm to know.
  if (may(officer, 'propose:kyc') || officer.side === 'firm') {
    const pending = await countIdentities(tx, { chainId, now, standing: 'pending' }, mostCounted)
    if (pending > 0) todo.push({ kind: 'kyc', count: pending })
    const expired = await countIdentities(tx, { chainId, now, standing: 'expired' }, mostCounted)
    if (expired > 0) todo.push({ kind: 'expired', count: expired })
  }
  return todo
}

const orderTodo = (order: OrderRecord, approves: boolean): Todo => ({
  kind: approves ? 'approve' : 'sign',
  reference: order.reference,
  title: wordsOf(order).title,
  since: order.createdAt.toISOString(),
  deadline: order.deadline.toISOString(),
})
