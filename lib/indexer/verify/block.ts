import type { Hex } from 'viem'
import { Fault } from '../../errors/fault'
import type { Header, Log, Receipt, Transaction } from '../decode'
import { bloomOf } from './bloom'
import { hashHeader } from './header'
import type { Verification } from './rules'

/** One block as fetched. `receipts` is null where logs are asked for alone, and only there. */
export type FetchedBlock = {
  header: Header
  transactions: Transaction[]
  receipts: Receipt[] | null
  logs: Log[]
}

export type Check = (block: FetchedBlock) => void

/** Checks that need one block alone, in the order in which they are made; all must pass before anything is written. */
const checks: Record<Verification['facts'], readonly Check[]> = {
  receipts: [
    checkHeaderHash,
    checkTransactions,
    checkReceipts,
    checkGas,
    checkLogs,
    checkReceiptBlooms,
    checkBloom,
  ],
  logs: [checkHeaderHash, checkTransactions, checkLogs, checkBloom],
}

/** @throws Fault of the kind `verification`, named after the first check that fails. */
export function verifyBlock(block: FetchedBlock, asked: bigint, verification: Verification): void {
  if (block.header.number !== asked) {
    throw new Fault('wrong-number', `Block ${asked} was asked for, ${block.header.number} was given`, {
      asked: String(asked),
      given: String(block.header.number),
    })
  }
  for (const check of checks[verification.facts]) check(block)
}

/** The only check between blocks. A mismatch is a reorganisation, or a lie; lib/indexer/reorg tells which. */
export function verifyLink(parent: { hash: string; time: bigint }, header: Header): void {
  if (header.parentHash !== parent.hash) {
    throw fault('parent-mismatch', header, `its parent is ${header.parentHash}, stored is ${parent.hash}`)
  }
  if (header.time < parent.time) throw fault('time-backwards', header, 'it is older than its parent')
}

function checkHeaderHash({ header }: FetchedBlock): void {
  const computed = hashHeader(header)
  if (computed !== header.hash) {
    throw fault('header-hash', header, `its content hashes to ${computed}, its hash is ${header.hash}`)
  }
}

function checkTransactions({ header, transactions }: FetchedBlock): void {
  for (const [position, transaction] of transactions.entries()) {
    if (transaction.index !== position) {
      throw fault('transaction-order', header, `transaction ${position} says it is ${transaction.index}`)
    }
    if (!isOf(header, transaction)) {
      throw fault('transaction-mismatch', header, `transaction ${position} says it is of another block`)
    }
  }
  if (new Set(transactions.map(({ hash }) => hash)).size !== transactions.length) {
    throw fault('transaction-mismatch', header, 'a transaction appears twice')
  }
}

function checkReceipts({ header, transactions, receipts }: FetchedBlock): void {
  if (receipts?.length !== transactions.length) {
    throw fault('receipt-count', header, `${transactions.length} transactions, ${receipts?.length} receipts`)
  }
  for (const [position, receipt] of receipts.entries()) {
    const matches =
      receipt.index === position &&
      receipt.transactionHash === transactions[position]!.hash &&
      isOf(header, receipt)
    if (!matches)
      throw fault('receipt-mismatch', header, `receipt ${position} is of another transaction or block`)
    if (receipt.status === null) {
      throw fault('receipt-status', header, `receipt ${position} does not say whether its call succeeded`)
    }
  }
}

function checkGas({ header, receipts }: FetchedBlock): void {
  let total = 0n
  for (const receipt of receipts!) {
    total += receipt.gasUsed
    if (receipt.cumulativeGasUsed !== total) {
      throw fault(
        'gas-mismatch',
        header,
        `receipt ${receipt.index} counts ${receipt.cumulativeGasUsed}, not ${total}`,
      )
    }
  }
  if (total !== header.gasUsed) {
    throw fault('gas-mismatch', header, `receipts used ${total} gas, the header says ${header.gasUsed}`)
  }
}

function checkLogs({ header, transactions, receipts, logs }: FetchedBlock): void {
  for (const receipt of receipts ?? []) {
    for (const log of receipt.logs) {
      if (log.transactionIndex !== receipt.index) {
        throw fault('log-mismatch', header, `a log of receipt ${receipt.index} is of ${log.transactionIndex}`)
      }
    }
  }
  for (const [position, log] of logs.entries()) {
    if (log.logIndex !== position)
      throw fault('log-order', header, `log ${position} says it is ${log.logIndex}`)
    if (!isOf(header, log) || transactions[log.transactionIndex]?.hash !== log.transactionHash) {
      throw fault('log-mismatch', header, `log ${position} is of another transaction or block`)
    }
    if (position > 0 && log.transactionIndex < logs[position - 1]!.transactionIndex) {
      throw fault('log-order', header, `log ${position} is of an earlier transaction than the one before`)
    }
  }
}

function checkReceiptBlooms({ header, receipts }: FetchedBlock): void {
  for (const receipt of receipts!) {
    if (bloomOf(receipt.logs) !== receipt.logsBloom) {
      throw fault('bloom-mismatch', header, `the bloom of receipt ${receipt.index} is not that of its logs`)
    }
  }
}

function checkBloom({ header, logs }: FetchedBlock): void {
  if (bloomOf(logs) !== header.logsBloom) {
    throw fault('bloom-mismatch', header, 'the bloom of its logs is not the one in its header')
  }
}

const isOf = (header: Header, part: { blockHash: Hex; blockNumber: bigint }) =>
  part.blockHash === header.hash && part.blockNumber === header.number

const fault = (code: Fault['code'], header: Header, what: string) =>
  new Fault(code, `Block ${header.number}: ${what}`, { block: String(header.number), hash: header.hash })
