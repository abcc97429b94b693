import type { Hex } from 'viem'
import type { Tx } from './client'
import { Prisma } from './generated/client'

/** Who is behind an order that took effect; null where the reader may not know, or it was not prepared here. */
export type OrderPeopleRecord = {
  orderId: Hex
  reference: string | null
  reason: string | null
  proposer: string | null
  approver: string | null
  /** How many persons signed it. */
  persons: 1 | 2
}

/**
 * @param names Whether to look up the officers under the role table's persons. For the authority only: the firms'
 * database role may not read who they are, and asking would be an error.
 */
export async function listOrderPeople(
  tx: Tx,
  chainId: number,
  orderIds: readonly string[],
  names: boolean,
): Promise<OrderPeopleRecord[]> {
  const rows = await tx.$queryRaw<(Omit<OrderPeopleRecord, 'orderId'> & { order_id: string })[]>`
    select e.order_id, o.reference, o.reason_text as reason,
      case when e.approver is null or e.approver = '0x' || repeat('0', 40) then 1 else 2 end as persons, ${names ? named : unnamed}
    from order_outcome e left join officer_order o on o.id = e.order_id
    where e.chain_id = ${chainId} and e.order_id = any(${[...orderIds]}::text[])`
  return rows.map(({ order_id, ...rest }) => ({ orderId: order_id as Hex, ...rest }))
}

const named = Prisma.sql`
  (select name from person_directory where chain_person = e.proposer_person limit 1) as proposer,
  (select name from person_directory where chain_person = e.approver_person limit 1) as approver`

const unnamed = Prisma.sql`null::text as proposer, null::text as approver`
