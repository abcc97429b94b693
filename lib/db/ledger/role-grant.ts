import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type RoleGrantRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  account: Address
  person: Hex
  roles: bigint
  orderId: Hex
}

const grants: Table<RoleGrantRow> = {
  name: 'role_grant',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    account: ['hex', (row) => row.account],
    person: ['hex', (row) => row.person],
    roles: ['numeric', (row) => row.roles],
    order_id: ['hex', (row) => row.orderId],
  },
}

export const insertRoleGrants = (sql: Sql, chainId: number, rows: RoleGrantRow[]) =>
  insertRows(sql, grants, chainId, rows)
