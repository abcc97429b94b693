import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** Who may act for whom: of a time to come, now, or over by time alone. The authority's to know. */
export type DelegationRecord = {
  principal: Address
  delegate: Address
  principalPerson: Hex
  delegatePerson: Hex
  startsAt: Date
  /** Exclusive. */
  until: Date
  orderId: Hex
  state: 'to come' | 'in force' | 'over'
}

/** Those that no order ended. @param at of the block of the answer */
export async function listDelegations(tx: Tx, chainId: number, at: Date): Promise<DelegationRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select principal, delegate, principal_person, delegate_person, starts_at, until, order_id, case
      when starts_at > ${at} then 'to come' when until > ${at} then 'in force' else 'over' end as state
    from (
      select distinct on (delegate) * from delegation where chain_id = ${chainId}
      order by delegate, block_number desc, log_index desc
    ) last where not ended order by until, delegate`
  return rows.map((row) => ({
    principal: row.principal as Address,
    delegate: row.delegate as Address,
    principalPerson: row.principal_person as Hex,
    delegatePerson: row.delegate_person as Hex,
    startsAt: row.starts_at,
    until: row.until,
    orderId: row.order_id as Hex,
    state: row.state,
  }))
}

type Row = {
  principal: string
  delegate: string
  principal_person: string
  delegate_person: string
  starts_at: Date
  until: Date
  order_id: string
  state: DelegationRecord['state']
}
