import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

/** `term` null: the delegation ended. Times in UNIX seconds; `until` exclusive. */
export type DelegationRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  principal: Address
  delegate: Address
  orderId: Hex
  term: { principalPerson: Hex; delegatePerson: Hex; startsAt: bigint; until: bigint } | null
}

const delegations: Table<DelegationRow> = {
  name: 'delegation',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    principal: ['hex', (row) => row.principal],
    delegate: ['hex', (row) => row.delegate],
    order_id: ['hex', (row) => row.orderId],
    ended: ['bool', (row) => row.term === null],
    principal_person: ['hex', (row) => row.term?.principalPerson ?? null],
    delegate_person: ['hex', (row) => row.term?.delegatePerson ?? null],
    starts_at: ['time', (row) => row.term?.startsAt ?? null],
    until: ['time', (row) => row.term?.until ?? null],
  },
}

export const insertDelegations = (sql: Sql, chainId: number, rows: DelegationRow[]) =>
  insertRows(sql, delegations, chainId, rows)
