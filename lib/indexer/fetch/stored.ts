import type { Pool } from 'pg'
import { listStoredBlocks, type StoredBlock, type StoredTransaction } from '../../db/ledger/stored'
import { Fault } from '../../errors/fault'
import type { Header, HeaderFields, Receipt, Transaction } from '../decode/answers'
import { type PackedSigned, type Signed, unpackSigned } from '../decode/signed'
import type { Revert } from '../draft'
import { isRefusal, type VerifiedBlock } from '../reducer'
import { verifyStored, verifySuccession } from '../verify/block'
import { bloomOf } from '../verify/bloom'
import type { ValidatorChange } from '../verify/qbft'
import type { Verification } from '../verify/rules'
import type { Watch } from '../watch'

type Rules = { verification: Verification; watch: Watch; onValidators?: (change: ValidatorChange) => void }
export type StoredSource = Rules & { pool: Pool; chainId: number }

/**
 * Stored blocks from `from` to `to`, both inclusive and of one moment, verified again as far as what is stored allows:
 * everything but withdrawals and uncles; in rows from before signatures were stored not transactions, senders and the
 * receipts' root either. Why a call was refused is taken as it was recorded.
 * @param parent Of the first, where it is known: from it a QBFT chain's validators follow.
 * @throws Fault as of a block that a node gave, `block-missing` where one is not stored.
 */
export async function readStoredBlocks(
  source: StoredSource,
  from: bigint,
  to: bigint,
  parent?: Header,
): Promise<VerifiedBlock[]> {
  const stored = await atOneMoment(source.pool, (sql) => listStoredBlocks(sql, source.chainId, from, to))
  return verifyStoredBlocks(stored, source, from, to, parent)
}

/** The same of blocks that were read already. Pure. */
export function verifyStoredBlocks(
  stored: readonly StoredBlock[],
  { verification, watch, onValidators }: Rules,
  from: bigint,
  to: bigint,
  parent?: Header,
): VerifiedBlock[] {
  const blocks = stored.map((block, index) => {
    if (block.number !== from + BigInt(index)) throw missing(from + BigInt(index))
    return readBlock(block, verification, watch)
  })
  if (blocks.length <= Number(to - from)) throw missing(from + BigInt(blocks.length))
  let before = parent
  for (const { header } of blocks) {
    if (before && verification.consensus === 'qbft') {
      const change = verifySuccession(before, header, verification)
      if (change) onValidators?.(change)
    }
    before = header
  }
  return blocks
}

const missing = (number: bigint) =>
  new Fault('block-missing', `Block ${number} is not stored`, { block: String(number) })

function readBlock(stored: StoredBlock, verification: Verification, watch: Watch): VerifiedBlock {
  const header = readHeader(stored)
  const place = { blockHash: header.hash, blockNumber: header.number }
  const hashes = stored.transactions.map(({ hash }) => hash)
  const logs = stored.logs.map((log) => ({
    ...{ ...log, ...place, topics: [...log.topics] },
    transactionHash: hashes[log.transactionIndex] ?? '0x',
  }))
  const transactions = stored.transactions.map((each) => readTransaction(each, header, verification.chainId))
  const receipts = stored.receipts.map(({ revertData: _, note: __, ...receipt }): Receipt => {
    const own = logs.filter(({ transactionIndex }) => transactionIndex === receipt.index)
    const status = receipt.status === 1 ? 1 : 0
    const transactionHash = hashes[receipt.index] ?? '0x'
    return { ...receipt, ...place, status, transactionHash, root: null, logsBloom: bloomOf(own), logs: own }
  })
  const block = { header, transactions, receipts, logs, withdrawals: null, uncles: 0 }
  const isSigned = stored.transactions.every(({ signed }) => signed !== null)
  verifyStored(block, verification, isSigned ? 'stored' : 'unsigned')
  const reverts = new Map<number, Revert>()
  for (const { index, revertData, note } of stored.receipts) {
    if (isRefusal(transactions[index]!, receipts[index]!, watch))
      reverts.set(index, { data: revertData, note })
  }
  return { ...block, reverts }
}

/** What is read of a block is read from the header that its hash covers; its own columns must say the same. */
function readHeader({ number, hash, parentHash, time, fields: stored }: StoredBlock): Header {
  const fields: HeaderFields = stored
  const isSame =
    BigInt(fields.number ?? -1) === number &&
    BigInt(fields.timestamp ?? -1) === time &&
    fields.parentHash === parentHash
  if (!isSame) throw notItsOwn(number, hash, 'its columns are not those of its header')
  const { gasUsed, logsBloom } = fields
  return {
    number,
    hash,
    parentHash,
    time,
    gasUsed: BigInt(gasUsed ?? 0),
    logsBloom: logsBloom ?? '0x',
    fields,
  }
}

function readTransaction(stored: StoredTransaction, { hash, number }: Header, chainId: number): Transaction {
  const type = stored.type ?? 0
  const packed = stored.signed as PackedSigned | null
  const signed = packed === null ? unsigned : unpackSigned(packed, { ...stored, type }, chainId)
  if (packed !== null && (BigInt(signed.nonce) !== stored.nonce || BigInt(signed.value) !== stored.value)) {
    throw notItsOwn(number, hash, `transaction ${stored.index} has another nonce or value than was signed`)
  }
  return { ...stored, blockHash: hash, blockNumber: number, type, gas: BigInt(signed.gas), signed }
}

/** Where it was not stored, nothing asks for it: the checks that would are left out. */
const unsigned: Signed = {
  ...{ chainId: null, nonce: '0x0', fees: [], gas: '0x0', value: '0x0', v: '0x0', r: '0x0', s: '0x0' },
  ...{ accessList: null, blobs: null, authorizations: null },
}

const notItsOwn = (number: bigint, hash: string, what: string) =>
  new Fault('stored-mismatch', `Block ${number} as stored: ${what}`, { block: String(number), hash })

async function atOneMoment<T>(pool: Pool, work: (sql: Pick<Pool, 'query'>) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const result = await work(client as unknown as Pick<Pool, 'query'>)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
