import type { Address, Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

type Place = { blockNumber: bigint; logIndex: number; time: bigint; topic: bigint; orderId: Hex }
export type TrustedIssuerRow = Place & { issuer: Address; trusted: boolean }
export type ClaimTopicRow = Place & { required: boolean }

const place = {
  block_number: ['bigint', (row: Place) => row.blockNumber],
  log_index: ['int', (row: Place) => row.logIndex],
  time: ['time', (row: Place) => row.time],
  topic: ['numeric', (row: Place) => row.topic],
  order_id: ['hex', (row: Place) => row.orderId],
} as const

const issuers: Table<TrustedIssuerRow> = {
  name: 'trusted_issuer',
  columns: { ...place, issuer: ['hex', (row) => row.issuer], trusted: ['bool', (row) => row.trusted] },
}

const topics: Table<ClaimTopicRow> = {
  name: 'claim_topic',
  columns: { ...place, required: ['bool', (row) => row.required] },
}

export const insertTrustedIssuers = (sql: Sql, chainId: number, rows: TrustedIssuerRow[]) =>
  insertRows(sql, issuers, chainId, rows)

export const insertClaimTopics = (sql: Sql, chainId: number, rows: ClaimTopicRow[]) =>
  insertRows(sql, topics, chainId, rows)
