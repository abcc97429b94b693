import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

/** Times in UNIX seconds; `rollbackUntil` exclusive. `version` null where nothing came into force. */
export type UpgradeRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  instrument: Address
  act: 'founded' | 'scheduled' | 'cancelled' | 'activated' | 'rolled-back'
  implementation: Address
  before: Address | null
  release: bigint | null
  version: string | null
  notBefore: bigint | null
  rollbackUntil: bigint | null
  orderId: Hex | null
}

const upgrades: Table<UpgradeRow> = {
  name: 'upgrade',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    instrument: ['hex', (row) => row.instrument],
    act: ['hex', (row) => row.act],
    implementation: ['hex', (row) => row.implementation],
    before: ['hex', (row) => row.before],
    release: ['numeric', (row) => row.release],
    version: ['text', (row) => row.version],
    not_before: ['time', (row) => row.notBefore],
    rollback_until: ['time', (row) => row.rollbackUntil],
    order_id: ['hex', (row) => row.orderId],
  },
}

export const insertUpgrades = (sql: Sql, chainId: number, rows: UpgradeRow[]) =>
  insertRows(sql, upgrades, chainId, rows)
