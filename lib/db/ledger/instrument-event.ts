import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

type Place = { blockNumber: bigint; logIndex: number; time: bigint; instrument: Address }

/** Something that an instrument of others said and that has no table of its own. Arguments as text. */
export type InstrumentEventRow = Place & { name: string; arguments: Record<string, string> }

/** What a watched instrument said and nobody can read; `impossible`: a transfer of more than its sender has. */
export type UnknownEventRow = Place & {
  txHash: Hex
  topics: readonly Hex[]
  data: Hex
  reason: 'unknown' | 'unreadable' | 'impossible'
}

const place = {
  block_number: ['bigint', (row: Place) => row.blockNumber],
  log_index: ['int', (row: Place) => row.logIndex],
  time: ['time', (row: Place) => row.time],
  instrument: ['hex', (row: Place) => row.instrument],
} as const

const events: Table<InstrumentEventRow> = {
  name: 'instrument_event',
  columns: {
    ...place,
    name: ['text', (row) => row.name],
    arguments: ['json', (row) => JSON.stringify(row.arguments)],
  },
}

const unknown: Table<UnknownEventRow> = {
  name: 'unknown_event',
  columns: {
    ...place,
    tx_hash: ['hex', (row) => row.txHash],
    topics: ['hex', (row) => row.topics.join(' ')],
    data: ['hex', (row) => row.data],
    reason: ['hex', (row) => row.reason],
  },
}

export const insertInstrumentEvents = (sql: Sql, chainId: number, rows: InstrumentEventRow[]) =>
  insertRows(sql, events, chainId, rows)

export const insertUnknownEvents = (sql: Sql, chainId: number, rows: UnknownEventRow[]) =>
  insertRows(sql, unknown, chainId, rows)
