import type { Address, Hex } from 'viem'
import { Fault } from '../errors/fault'
import {
  address,
  asFields,
  asList,
  bytes,
  count,
  data,
  type Fields,
  hash,
  index,
  orNull,
  uint256,
} from './shape'

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
}

export type Receipt = {
  blockHash: Hex
  blockNumber: bigint
  index: number
  transactionHash: Hex
  /** null: from before Byzantium, when receipts did not say. */
  status: 0 | 1 | null
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

const hexQuantity = (raw: Fields, name: string): Hex => `0x${uint256(raw, name).toString(16)}`

/** A block with its transactions in full. */
export function decodeBlock(value: unknown): { header: Header; transactions: Transaction[] } {
  const transactions = asList(asFields(value, 'block').transactions, 'transactions')
  return { header: decodeHeader(value), transactions: transactions.map(decodeTransaction) }
}

export function decodeTransaction(value: unknown): Transaction {
  const raw = asFields(value, 'transaction')
  return {
    blockHash: hash(raw, 'blockHash'),
    blockNumber: count(raw, 'blockNumber'),
    index: index(raw, 'transactionIndex'),
    hash: hash(raw, 'hash'),
    type: raw.type === undefined ? 0 : index(raw, 'type'),
    from: address(raw, 'from'),
    to: orNull(address, raw, 'to'),
    nonce: count(raw, 'nonce'),
    value: uint256(raw, 'value'),
    input: data(raw, 'input'),
    gas: count(raw, 'gas'),
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
