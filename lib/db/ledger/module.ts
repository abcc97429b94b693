import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

/** What modules say of themselves, whichever contract they are. Times in UNIX seconds. */

type Place = { blockNumber: bigint; logIndex: number; time: bigint; module: Address }
export type CountryRuleRow = Place & { country: number; listed: boolean; orderId: Hex }
export type ModuleCapRow = Place & { before: bigint; after: bigint; orderId: Hex }
export type PreapprovalRow = Place & {
  from: Address
  to: Address
  amount: bigint
  act: 'approved' | 'withdrawn' | 'consumed'
  expiresAt: bigint | null
  orderId: Hex | null
  firmId: number | null
}

const place = {
  block_number: ['bigint', (row: Place) => row.blockNumber],
  log_index: ['int', (row: Place) => row.logIndex],
  time: ['time', (row: Place) => row.time],
  module: ['hex', (row: Place) => row.module],
} as const

const countries: Table<CountryRuleRow> = {
  name: 'country_rule',
  columns: {
    ...place,
    country: ['int', (row) => row.country],
    listed: ['bool', (row) => row.listed],
    order_id: ['hex', (row) => row.orderId],
  },
}

const caps: Table<ModuleCapRow> = {
  name: 'module_cap',
  columns: {
    ...place,
    before: ['numeric', (row) => row.before],
    after: ['numeric', (row) => row.after],
    order_id: ['hex', (row) => row.orderId],
  },
}

const preapprovals: Table<PreapprovalRow> = {
  name: 'preapproval',
  columns: {
    ...place,
    from: ['hex', (row) => row.from],
    to: ['hex', (row) => row.to],
    amount: ['numeric', (row) => row.amount],
    act: ['hex', (row) => row.act],
    expires_at: ['time', (row) => row.expiresAt],
    order_id: ['hex', (row) => row.orderId],
    firm_id: ['int', (row) => row.firmId],
  },
}

export const insertCountryRules = (sql: Sql, chainId: number, rows: CountryRuleRow[]) =>
  insertRows(sql, countries, chainId, rows)

export const insertModuleCaps = (sql: Sql, chainId: number, rows: ModuleCapRow[]) =>
  insertRows(sql, caps, chainId, rows)

export const insertPreapprovals = (sql: Sql, chainId: number, rows: PreapprovalRow[]) =>
  insertRows(sql, preapprovals, chainId, rows)
