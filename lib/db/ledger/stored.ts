import type { Hex } from 'viem'
import type { Sql } from './bulk'
import type { BlockFact, LogFact, ReceiptFact, TransactionFact } from './fact'

/** Blocks as they were written, for whoever derives the rest from them again. */

export type StoredTransaction = Omit<TransactionFact, 'type' | 'signed'> & {
  /** Null, as `signed`, in rows from before it was stored. */
  type: number | null
  signed: object | string | null
}
/** `note`: in words, where the data does not say why a call was refused. */
export type StoredReceipt = ReceiptFact & { note: string }
export type StoredBlock = BlockFact & {
  transactions: StoredTransaction[]
  receipts: StoredReceipt[]
  logs: LogFact[]
}

/** Blocks from one to another, both inclusive, in order. Of one moment if the transaction is. */
export async function listStoredBlocks(
  sql: Sql,
  chainId: number,
  from: bigint,
  to: bigint,
): Promise<StoredBlock[]> {
  const ask = async (text: string) => (await sql.query(text, [chainId, from, to])).rows
  const blocks = await ask(
    `SELECT number, hash, parent_hash, extract(epoch FROM time)::bigint AS time, header FROM block
     WHERE chain_id = $1 AND number BETWEEN $2 AND $3 ORDER BY number`,
  )
  const transactions = await ask(
    'SELECT * FROM transaction WHERE chain_id = $1 AND block_number BETWEEN $2 AND $3 ORDER BY block_number, index',
  )
  const receipts = await ask(
    `SELECT receipt.*, coalesce(refused_transfer.reason, '') AS note FROM receipt LEFT JOIN refused_transfer
       ON status = 0 AND refused_transfer.chain_id = receipt.chain_id
       AND refused_transfer.block_number = receipt.block_number AND refused_transfer.tx_index = receipt.index
     WHERE receipt.chain_id = $1 AND receipt.block_number BETWEEN $2 AND $3 ORDER BY receipt.block_number, index`,
  )
  const logs = await ask(
    'SELECT * FROM log WHERE chain_id = $1 AND block_number BETWEEN $2 AND $3 ORDER BY block_number, log_index',
  )
  const found = new Map<string, StoredBlock>(
    blocks.map((row) => [
      row.number,
      {
        ...{
          number: BigInt(row.number),
          hash: row.hash,
          parentHash: row.parent_hash,
          time: BigInt(row.time),
        },
        ...{ fields: row.header, transactions: [], receipts: [], logs: [] },
      },
    ]),
  )
  for (const row of transactions) found.get(row.block_number)?.transactions.push(toTransaction(row))
  for (const row of receipts) found.get(row.block_number)?.receipts.push(toReceipt(row))
  for (const row of logs) found.get(row.block_number)?.logs.push(toLog(row))
  return [...found.values()]
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the driver gives it
type Row = Record<string, any>

const toTransaction = (row: Row): StoredTransaction => ({
  blockNumber: BigInt(row.block_number),
  ...{ index: row.index, hash: row.hash, from: row.from, to: row.to, input: row.input },
  nonce: BigInt(row.nonce),
  value: BigInt(row.value),
  type: row.type,
  signed: row.signed,
})

const toReceipt = (row: Row): StoredReceipt => ({
  blockNumber: BigInt(row.block_number),
  index: row.index,
  status: row.status,
  gasUsed: BigInt(row.gas_used),
  cumulativeGasUsed: BigInt(row.cumulative_gas_used),
  contractAddress: row.contract_address,
  revertData: row.revert_data,
  note: row.note,
})

const toLog = (row: Row): LogFact => ({
  blockNumber: BigInt(row.block_number),
  logIndex: row.log_index,
  transactionIndex: row.tx_index,
  address: row.address,
  topics: [row.topic0, row.topic1, row.topic2, row.topic3].filter((topic): topic is Hex => topic !== null),
  data: row.data,
})
