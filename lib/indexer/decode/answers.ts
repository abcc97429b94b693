import type { Address, Hex } from 'viem'
import { Fault } from '../../errors/fault'
import {
  address,
  asFields,
  asList,
  bytes,
  count,
  data,
  type Fields,
  hash,
  hexQuantity,
  index,
  orNull,
  uint256,
} from './shape'
import { decodeSigned, type Signed } from './signed'

/** From a node's answers to records. Shape alone is judged here; lib/indexer/verify judges what they say. */

export type Header = {
  number: bigint
  hash: Hex
  parentHash: Hex
  /** UNIX seconds. */
  time: bigint
  gasUsed: bigint
  logsBloom: Hex
  /** All fields that the hash is made of, as the node gave them. */
  fields: HeaderFields
}

export type Transaction = {
  blockHash: Hex
  blockNumber: bigint
  index: number
  hash: Hex
  type: number
  from: Address
  to: Address | null
  nonce: bigint
  value: bigint
  input: Hex
  gas: bigint
  /** What `hash`, `from` and the block's `transactionsRoot` follow from. */
  signed: Signed
}

/** Nothing is derived from withdrawals; they are read because the header commits to them. */
export type Withdrawal = { index: Hex; validatorIndex: Hex; address: Address; amount: Hex }

export type Receipt = {
  blockHash: Hex
  blockNumber: bigint
  index: number
  transactionHash: Hex
  /** null: from before Byzantium, when receipts did not say. */
  status: 0 | 1 | null
  /** The state after it, which receipts had in place of a status. */
  root: Hex | null
  gasUsed: bigint
  cumulativeGasUsed: bigint
  contractAddress: Address | null
  logsBloom: Hex
  logs: Log[]
}

export type Log = {
  blockHash: Hex
  blockNumber: bigint
  transactionHash: Hex
  transactionIndex: number
  logIndex: number
  address: Address
  topics: Hex[]
  data: Hex
}

/** In the order of the header's RLP list. Those after `nonce` came with forks, and each needs the ones before it. */
export const headerFieldNames = [
  'parentHash',
  'sha3Uncles',
  'miner',
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'extraData',
  'mixHash',
  'nonce',
  'baseFeePerGas',
  'withdrawalsRoot',
  'blobGasUsed',
  'excessBlobGas',
  'parentBeaconBlockRoot',
  'requestsHash',
] as const

export type HeaderField = (typeof headerFieldNames)[number]
export type HeaderFields = Partial<Record<HeaderField, Hex>>

export const quantityFields: ReadonlySet<HeaderField> = new Set([
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'baseFeePerGas',
  'blobGasUsed',
  'excessBlobGas',
] as const)

export function decodeHeader(value: unknown): Header {
  const raw = asFields(value, 'block')
  const fields: HeaderFields = {}
  for (const name of headerFieldNames) {
    if (raw[name] == null) continue
    fields[name] = quantityFields.has(name) ? hexQuantity(raw, name) : data(raw, name)
  }
  return {
    number: count(raw, 'number'),
    hash: hash(raw, 'hash'),
    parentHash: hash(raw, 'parentHash'),
    time: count(raw, 'timestamp'),
    gasUsed: count(raw, 'gasUsed'),
    logsBloom: bytes(raw, 'logsBloom', 256),
    fields,
  }
}

export type Block = {
  header: Header
  transactions: Transaction[]
  /** null before Shanghai. */
  withdrawals: Withdrawal[] | null
  /** How many; a node gives no more than their hashes. */
  uncles: number
}

/** A block with its transactions in full. */
export function decodeBlock(value: unknown): Block {
  const raw = asFields(value, 'block')
  return {
    header: decodeHeader(value),
    transactions: asList(raw.transactions, 'transactions').map(decodeTransaction),
    withdrawals:
      raw.withdrawals == null ? null : asList(raw.withdrawals, 'withdrawals').map(decodeWithdrawal),
    uncles: raw.uncles == null ? 0 : asList(raw.uncles, 'uncles').length,
  }
}

function decodeWithdrawal(value: unknown): Withdrawal {
  const raw = asFields(value, 'withdrawal')
  return {
    index: hexQuantity(raw, 'index'),
    validatorIndex: hexQuantity(raw, 'validatorIndex'),
    address: address(raw, 'address'),
    amount: hexQuantity(raw, 'amount'),
  }
}

export function decodeTransaction(value: unknown): Transaction {
  const raw = asFields(value, 'transaction')
  const type = raw.type === undefined ? 0 : index(raw, 'type')
  return {
    blockHash: hash(raw, 'blockHash'),
    blockNumber: count(raw, 'blockNumber'),
    index: index(raw, 'transactionIndex'),
    hash: hash(raw, 'hash'),
    type,
    from: address(raw, 'from'),
    to: orNull(address, raw, 'to'),
    nonce: count(raw, 'nonce'),
    value: uint256(raw, 'value'),
    input: data(raw, 'input'),
    gas: count(raw, 'gas'),
    signed: decodeSigned(raw, type),
  }
}

/** Receipts of one block, in the node's order. */
export function decodeReceipts(value: unknown): Receipt[] {
  return asList(value, 'receipts').map((receipt, position) => {
    if (receipt !== null) return decodeReceipt(receipt)
    throw new Fault('receipt-null', `The receipt of transaction ${position} is null`, { index: position })
  })
}

export function decodeReceipt(value: unknown): Receipt {
  const raw = asFields(value, 'receipt')
  return {
    blockHash: hash(raw, 'blockHash'),
    blockNumber: count(raw, 'blockNumber'),
    index: index(raw, 'transactionIndex'),
    transactionHash: hash(raw, 'transactionHash'),
    status: readStatus(raw),
    root: raw.status == null ? hash(raw, 'root') : null,
    gasUsed: count(raw, 'gasUsed'),
    cumulativeGasUsed: count(raw, 'cumulativeGasUsed'),
    contractAddress: orNull(address, raw, 'contractAddress'),
    logsBloom: bytes(raw, 'logsBloom', 256),
    logs: decodeLogs(raw.logs),
  }
}

function readStatus(raw: Fields): 0 | 1 | null {
  if (raw.status == null && raw.root != null) return null
  const status = index(raw, 'status')
  if (status === 0 || status === 1) return status
  throw new Fault('bad-shape', `status is neither 0 nor 1: ${status}`, { field: 'status' })
}

export const decodeLogs = (value: unknown): Log[] => asList(value, 'logs').map(decodeLog)

export function decodeLog(value: unknown): Log {
  const raw = asFields(value, 'log')
  const topics = asList(raw.topics, 'topics').map((topic) => hash({ topic }, 'topic'))
  if (topics.length > 4)
    throw new Fault('bad-shape', `A log has ${topics.length} topics`, { field: 'topics' })
  if (raw.removed === true) throw new Fault('bad-shape', 'A log is marked as removed', { field: 'removed' })
  return {
    blockHash: hash(raw, 'blockHash'),
    blockNumber: count(raw, 'blockNumber'),
    transactionHash: hash(raw, 'transactionHash'),
    transactionIndex: index(raw, 'transactionIndex'),
    logIndex: index(raw, 'logIndex'),
    address: address(raw, 'address'),
    topics,
    data: data(raw, 'data'),
  }
}
