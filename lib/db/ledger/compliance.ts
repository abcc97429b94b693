import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

type Place = { blockNumber: bigint; logIndex: number; time: bigint }
export type InstrumentComplianceRow = Place & {
  instrument: Address
  compliance: Address
  orderId: Hex | null
}
export type ComplianceModuleRow = Place & { compliance: Address; module: Address; added: boolean }

const place = {
  block_number: ['bigint', (row: Place) => row.blockNumber],
  log_index: ['int', (row: Place) => row.logIndex],
  time: ['time', (row: Place) => row.time],
} as const

const compliances: Table<InstrumentComplianceRow> = {
  name: 'instrument_compliance',
  columns: {
    ...place,
    instrument: ['hex', (row) => row.instrument],
    compliance: ['hex', (row) => row.compliance],
    order_id: ['hex', (row) => row.orderId],
  },
}

const modules: Table<ComplianceModuleRow> = {
  name: 'compliance_module',
  columns: {
    ...place,
    compliance: ['hex', (row) => row.compliance],
    module: ['hex', (row) => row.module],
    added: ['bool', (row) => row.added],
  },
}

export const insertInstrumentCompliances = (sql: Sql, chainId: number, rows: InstrumentComplianceRow[]) =>
  insertRows(sql, compliances, chainId, rows)

export const insertComplianceModules = (sql: Sql, chainId: number, rows: ComplianceModuleRow[]) =>
  insertRows(sql, modules, chainId, rows)
