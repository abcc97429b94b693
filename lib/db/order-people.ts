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
  /** For whom they signed, where they did as deputies. */
  proposerFor: string | null
  approverFor: string | null
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

/** The person whom the role table names for a wallet, which may hold no role any more. */
const behind = (column: 'proposer_for' | 'approver_for') => Prisma.sql`
  (select p.name from role_grant g join person_directory p on p.chain_person = g.person
   where g.chain_id = e.chain_id and g.account = e.${Prisma.raw(column)}
   order by g.block_number desc, g.log_index desc limit 1)`

const named = Prisma.sql`
  (select name from person_directory where chain_person = e.proposer_person limit 1) as proposer,
  (select name from person_directory where chain_person = e.approver_person limit 1) as approver,
  ${behind('proposer_for')} as "proposerFor", ${behind('approver_for')} as "approverFor"`

const unnamed = Prisma.sql`null::text as proposer, null::text as approver, null::text as "proposerFor",
  null::text as "approverFor"`
