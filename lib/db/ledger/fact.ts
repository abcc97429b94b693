import type { Address, Hex } from 'viem'
import { deleteAfter, insertsOf, type Sql, type Statement, type Table } from './bulk'
import type { Position } from './chain'

/** What the chain says, as it says it: blocks, transactions, receipts, logs. Everything else is derived from them. */

export type BlockFact = {
  number: bigint
  hash: Hex
  parentHash: Hex
  time: bigint
  fields: Record<string, string>
}
export type TransactionFact = {
  blockNumber: bigint
  index: number
  hash: Hex
  from: Address
  to: Address | null
  nonce: bigint
  value: bigint
  input: Hex
  type: number
  /** What hash and sender follow from. */
  signed: object | string
}
export type ReceiptFact = {
  blockNumber: bigint
  index: number
  status: number
  gasUsed: bigint
  cumulativeGasUsed: bigint
  contractAddress: Address | null
  revertData: Hex | null
}
export type LogFact = {
  blockNumber: bigint
  logIndex: number
  transactionIndex: number
  address: Address
  topics: readonly Hex[]
  data: Hex
}
export type Facts = {
  blocks: BlockFact[]
  transactions: TransactionFact[]
  receipts: ReceiptFact[]
  logs: LogFact[]
}

const blocks: Table<BlockFact> = {
  name: 'block',
  columns: {
    number: ['bigint', (row) => row.number],
    hash: ['hex', (row) => row.hash],
    parent_hash: ['hex', (row) => row.parentHash],
    time: ['time', (row) => row.time],
    header: ['json', (row) => JSON.stringify(row.fields)],
  },
}
const transactions: Table<TransactionFact> = {
  name: 'transaction',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    index: ['int', (row) => row.index],
    hash: ['hex', (row) => row.hash],
    from: ['hex', (row) => row.from],
    to: ['hex', (row) => row.to],
    nonce: ['bigint', (row) => row.nonce],
    value: ['numeric', (row) => row.value],
    input: ['hex', (row) => row.input],
    type: ['int', (row) => row.type],
    signed: ['json', (row) => JSON.stringify(row.signed)],
  },
}
const receipts: Table<ReceiptFact> = {
  name: 'receipt',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    index: ['int', (row) => row.index],
    status: ['int', (row) => row.status],
    gas_used: ['bigint', (row) => row.gasUsed],
    cumulative_gas_used: ['bigint', (row) => row.cumulativeGasUsed],
    contract_address: ['hex', (row) => row.contractAddress],
    revert_data: ['hex', (row) => row.revertData],
  },
}
const logs: Table<LogFact> = {
  name: 'log',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    tx_index: ['int', (row) => row.transactionIndex],
    address: ['hex', (row) => row.address],
    topic0: ['hex', (row) => row.topics[0] ?? null],
    topic1: ['hex', (row) => row.topics[1] ?? null],
    topic2: ['hex', (row) => row.topics[2] ?? null],
    topic3: ['hex', (row) => row.topics[3] ?? null],
    data: ['hex', (row) => row.data],
  },
}

/** The statements that insert them, longest first: nothing here refers to anything that must be there before. */
export const factInserts = (chainId: number, facts: Facts): Statement[] => [
  ...insertsOf(logs, chainId, facts.logs),
  ...insertsOf(transactions, chainId, facts.transactions),
  ...insertsOf(receipts, chainId, facts.receipts),
  ...insertsOf(blocks, chainId, facts.blocks),
]

export async function deleteFactsAfter(sql: Sql, chainId: number, block: bigint): Promise<void> {
  for (const table of ['log', 'receipt', 'transaction']) await deleteAfter(sql, table, chainId, block)
  await sql.query('DELETE FROM block WHERE chain_id = $1 AND number > $2', [chainId, block])
}

/** Stored positions from `from` down to `to`, both inclusive, highest first. */
export async function listPositions(
  sql: Sql,
  chainId: number,
  from: bigint,
  to: bigint,
): Promise<Position[]> {
  const { rows } = await sql.query(
    `SELECT number, hash, extract(epoch FROM time)::bigint AS time FROM block
     WHERE chain_id = $1 AND number BETWEEN $3 AND $2 ORDER BY number DESC`,
    [chainId, from, to],
  )
  return rows.map((row) => ({ number: BigInt(row.number), hash: row.hash, time: BigInt(row.time) }))
}

/** The position before the first stored block: where a chain is that has nothing left. */
export async function findFirstParent(sql: Sql, chainId: number): Promise<Position | undefined> {
  const { rows } = await sql.query(
    `SELECT number, parent_hash, extract(epoch FROM time)::bigint AS time FROM block
     WHERE chain_id = $1 ORDER BY number LIMIT 1`,
    [chainId],
  )
  const row = rows[0]
  return row && { number: BigInt(row.number) - 1n, hash: row.parent_hash, time: BigInt(row.time) }
}

/** Logs of one contract and event in blocks of `since` (UNIX seconds, inclusive) or later, up to a block, in order. */
export async function listLogs(
  sql: Sql,
  filter: { chainId: number; address: Address; topic0: Hex; since: bigint; upTo: bigint },
): Promise<(LogFact & { time: bigint })[]> {
  // Blocks are older the lower they are, so walking down the key stops at the first that is too old.
  const { rows } = await sql.query(
    `SELECT log.*, extract(epoch FROM block.time)::bigint AS time
     FROM log JOIN block ON block.chain_id = log.chain_id AND block.number = log.block_number
     WHERE log.chain_id = $1 AND log.address = $2 AND log.topic0 = $3 AND log.block_number <= $5
       AND log.block_number > coalesce((SELECT number FROM block WHERE chain_id = $1 AND number <= $5
         AND time < to_timestamp($4) ORDER BY number DESC LIMIT 1), -1)
     ORDER BY log.block_number, log.log_index`,
    [filter.chainId, filter.address, filter.topic0, filter.since, filter.upTo],
  )
  return rows.map((row) => ({ ...toLog(row), transactionIndex: row.tx_index, time: BigInt(row.time) }))
}

export type KeptLog = Pick<LogFact, 'blockNumber' | 'logIndex' | 'address' | 'topics' | 'data'>

/** Logs of these contracts in these blocks, both ends inclusive, in order. */
export async function listLogsBetween(
  sql: Sql,
  chainId: number,
  { from, to }: { from: bigint; to: bigint },
  addresses: readonly Address[],
): Promise<KeptLog[]> {
  const { rows } = await sql.query(
    `SELECT * FROM log WHERE chain_id = $1 AND block_number BETWEEN $2 AND $3 AND address = ANY($4::text[])
     ORDER BY block_number, log_index`,
    [chainId, from, to, addresses],
  )
  return rows.map(toLog)
}

const toLog = (row: Record<string, never>): KeptLog => ({
  blockNumber: BigInt(row.block_number!),
  logIndex: row.log_index!,
  address: row.address!,
  topics: [row.topic0, row.topic1, row.topic2, row.topic3].filter((topic) => topic != null),
  data: row.data!,
})
