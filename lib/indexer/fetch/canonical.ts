import type { Hex } from 'viem'
import type { StoredBlock, StoredTransaction } from '../../db/ledger/stored'
import { Fault } from '../../errors/fault'
import { decodeHeader } from '../decode/answers'
import { address, asFields, data, hash, orNull } from '../decode/shape'
import { decodePacked, type PackedSigned } from '../decode/signed'

/**
 * A block that anybody may have stored, in the one form that is written: what hashes cover are bytes, and the same bytes
 * may be spelt in other ways, with more beside them. Read like a node's answer, by the same decoders.
 * @throws Fault `stored-mismatch` where a signature is missing: nothing else says who sent a transaction, and what.
 */
export function toCanonical(stored: StoredBlock, chainId: number): StoredBlock {
  const fields = asFields(stored.fields, 'header')
  const header = decodeHeader({ ...fields, hash: stored.hash })
  return {
    ...stored,
    hash: header.hash,
    parentHash: hash({ ...stored }, 'parentHash'),
    fields: header.fields as Record<string, string>,
    transactions: stored.transactions.map((each) => toCanonicalTransaction(each, chainId)),
    receipts: stored.receipts.map((each) => ({
      ...each,
      contractAddress: orNull(address, { ...each }, 'contractAddress'),
      revertData: orNull(data, { ...each }, 'revertData'),
    })),
    logs: stored.logs.map((each) => ({
      ...each,
      address: address({ ...each }, 'address'),
      topics: each.topics.map((topic): Hex => hash({ topic }, 'topic')),
      data: data({ ...each }, 'data'),
    })),
  }
}

function toCanonicalTransaction(stored: StoredTransaction, chainId: number): StoredTransaction {
  const { blockNumber, index, type, signed } = stored
  if (signed === null || type === null) {
    const what = `transaction ${index} of block ${blockNumber} is stored without its signature`
    throw new Fault('stored-mismatch', what, { block: String(blockNumber), index })
  }
  const raw = { ...stored }
  return {
    ...stored,
    hash: hash(raw, 'hash'),
    from: address(raw, 'from'),
    to: orNull(address, raw, 'to'),
    input: data(raw, 'input'),
    signed: decodePacked(signed as PackedSigned, { ...stored, type }, chainId),
  }
}
