import type { Hex } from 'viem'
import { Fault } from '../../errors/fault'
import type { Block, Header, HeaderField, Log, Receipt } from '../decode/answers'
import { bloomOf } from './bloom'
import { hashHeader } from './header'
import { checkSeals, checkSuccession, type ValidatorChange } from './qbft'
import { createdBy, receiptsRoot, withdrawalsRoot } from './receipts'
import type { HeaderVerification, Verification } from './rules'
import { checkSigned } from './transactions'

/** One block as fetched. `receipts` is null where logs are asked for alone, and only there. */
export type FetchedBlock = Block & { receipts: Receipt[] | null; logs: Log[] }

export type Check = (block: FetchedBlock, verification: Verification) => void

/** Checks that need one block alone, in the order in which they are made; all must pass before anything is written. */
const checks: Record<Verification['facts'] | 'stored' | 'unsigned', readonly Check[]> = {
  receipts: [
    checkHeader,
    checkTransactions,
    checkReceipts,
    checkGas,
    checkLogs,
    checkReceiptBlooms,
    checkBloom,
    checkSignatures,
    checkReceiptsRoot,
    checkCreations,
    checkWithdrawals,
    checkUncles,
  ],
  logs: [
    checkHeader,
    checkTransactions,
    checkLogs,
    checkBloom,
    checkSignatures,
    checkWithdrawals,
    checkUncles,
  ],
  // Withdrawals are not stored, nor how many uncles there were.
  stored: [
    checkHeader,
    checkTransactions,
    checkReceipts,
    checkGas,
    checkLogs,
    checkBloom,
    checkSignatures,
    checkReceiptsRoot,
    checkCreations,
  ],
  unsigned: [checkHeader, checkTransactions, checkReceipts, checkGas, checkLogs, checkBloom],
}

/** @throws Fault of the kind `verification`, named after the first check that fails. */
export function verifyBlock(block: FetchedBlock, asked: bigint, verification: Verification): void {
  if (block.header.number !== asked) {
    throw new Fault('wrong-number', `Block ${asked} was asked for, ${block.header.number} was given`, {
      asked: String(asked),
      given: String(block.header.number),
    })
  }
  for (const check of checks[verification.facts]) check(block, verification)
}

/** The same of a block as it is stored; `unsigned`: of before what its senders signed was stored. */
export function verifyStored(
  block: FetchedBlock,
  verification: Verification,
  form: 'stored' | 'unsigned',
): void {
  for (const check of checks[form]) check(block, verification)
}

/** What a header alone can show: that it hashes to its hash, and that those sealed it who must. */
export function verifyHeader(header: Header, { consensus, validators }: HeaderVerification): void {
  const computed = hashHeader(header, consensus)
  if (computed !== header.hash) {
    throw fault('header-hash', header, `its content hashes to ${computed}, its hash is ${header.hash}`)
  }
  if (consensus === 'qbft') checkSeals(header, validators)
}

/** For chains whose headers name their validators. @returns Who came or went. */
export function verifySuccession(
  parent: Header,
  header: Header,
  { validators }: HeaderVerification,
): ValidatorChange | null {
  verifyLink(parent, header)
  return checkSuccession(parent, header, validators)
}

/** The only check between blocks of every chain. A mismatch is a reorganisation, or a lie; lib/indexer/reorg tells which. */
export function verifyLink(parent: { hash: string; time: bigint }, header: Header): void {
  if (header.parentHash !== parent.hash) {
    throw fault('parent-mismatch', header, `its parent is ${header.parentHash}, stored is ${parent.hash}`)
  }
  if (header.time < parent.time) throw fault('time-backwards', header, 'it is older than its parent')
}

function checkHeader({ header }: FetchedBlock, verification: Verification): void {
  verifyHeader(header, verification)
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

function checkSignatures({ header, transactions }: FetchedBlock, { chainId }: Verification): void {
  checkSigned(header, transactions, chainId)
}

function checkReceiptsRoot({ header, transactions, receipts }: FetchedBlock): void {
  checkRoot('receipts-root', header, 'receiptsRoot', receiptsRoot(receipts!, transactions))
}

/** Receipts name the contract that a transaction created, which follows from the sender and its nonce. */
function checkCreations({ header, transactions, receipts }: FetchedBlock): void {
  for (const { index, status, contractAddress } of receipts!) {
    const transaction = transactions[index]!
    const created = transaction.to === null ? createdBy(transaction) : null
    if (contractAddress === created || (contractAddress === null && status === 0)) continue
    const what = `receipt ${index} names ${contractAddress} as created, which would be ${created}`
    throw fault('receipt-mismatch', header, what)
  }
}

function checkWithdrawals({ header, withdrawals }: FetchedBlock): void {
  const said = header.fields.withdrawalsRoot
  if ((said === undefined) !== (withdrawals === null)) {
    throw fault('withdrawals-root', header, 'it has withdrawals without their root, or the reverse')
  }
  if (withdrawals) checkRoot('withdrawals-root', header, 'withdrawalsRoot', withdrawalsRoot(withdrawals))
}

/** keccak256 of an empty RLP list. Of uncles that there are a node gives only hashes, and nothing is made of them. */
const noUncles = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'

function checkUncles({ header, uncles }: FetchedBlock): void {
  if ((header.fields.sha3Uncles === noUncles) !== (uncles === 0)) {
    throw fault('uncles-mismatch', header, `it has ${uncles} uncles, its header says otherwise`)
  }
}

function checkRoot(code: Fault['code'], header: Header, field: HeaderField, computed: Hex): void {
  const said = header.fields[field]
  if (computed !== said)
    throw fault(code, header, `the root is ${computed}, the header's ${field} is ${said}`)
}

const isOf = (header: Header, part: { blockHash: Hex; blockNumber: bigint }) =>
  part.blockHash === header.hash && part.blockNumber === header.number

const fault = (code: Fault['code'], header: Header, what: string) =>
  new Fault(code, `Block ${header.number}: ${what}`, { block: String(header.number), hash: header.hash })
