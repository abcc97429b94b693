import { Fault } from '../../errors/fault'
import type { Header, Transaction } from '../decode/answers'
import type { AccessEntry, Authorization } from '../decode/signed'
import { keccak256, keccakDigits } from './keccak'
import { digitsOf, rlpInteger, rlpList, rlpNumber, rlpString } from './rlp'
import { isLow, signerOf } from './signature'
import { trieRoot } from './trie'

/** A transaction encoded again: what is hashed and hangs in the block's trie, and what its sender signed. */
export type Encoding = { whole: string; unsigned: string; recovery: number }

/**
 * That the transactions are those of the root, each under its own hash, signed for this chain by whom the node names.
 * @throws Fault `transactions-root`, `transaction-hash`, `transaction-chain`, `signature-invalid`, `sender-mismatch`.
 */
export function checkSigned(header: Header, transactions: readonly Transaction[], chainId: number): void {
  const encodings = transactions.map((transaction) => encodeTransaction(transaction, chainId))
  for (const [position, transaction] of transactions.entries()) {
    const hash = keccakDigits(encodings[position]!.whole)
    if (digitsOf(transaction.hash) !== hash) {
      throw fault(
        'transaction-hash',
        transaction,
        `its content hashes to 0x${hash}, its hash is ${transaction.hash}`,
      )
    }
  }
  const computed = trieRoot(encodings.map(({ whole }) => whole))
  const said = header.fields.transactionsRoot!
  if (computed !== said) {
    const what = `Block ${header.number}: its transactions have the root ${computed}, its header says ${said}`
    throw new Fault('transactions-root', what, { block: String(header.number), hash: header.hash })
  }
  for (const [position, transaction] of transactions.entries()) checkSender(transaction, encodings[position]!)
}

function checkSender(transaction: Transaction, { unsigned, recovery }: Encoding): void {
  const { r, s } = transaction.signed
  const low = digitsOf(s).padStart(64, '0')
  if (!isLow(low))
    throw fault('signature-invalid', transaction, 'its signature has the greater of two values for s')
  const signature = Buffer.from(digitsOf(r).padStart(64, '0') + low, 'hex')
  const signer = signerOf(keccak256(Buffer.from(unsigned, 'hex')), signature, recovery)
  if (signer === null) throw fault('signature-invalid', transaction, 'nobody can have signed it so')
  if (signer !== transaction.from) {
    throw fault(
      'sender-mismatch',
      transaction,
      `${signer} signed it, its sender is said to be ${transaction.from}`,
    )
  }
}

/** Types 0 to 4 as EIP-155, 2930, 1559, 4844 and 7702 write them. */
export function encodeTransaction(transaction: Transaction, chainId: number): Encoding {
  const { type, to, input, signed } = transaction
  const { nonce, fees, gas, value, accessList, blobs, authorizations } = signed
  const chain = rlpNumber(chainId)
  let fields = rlpInteger(nonce)
  for (const fee of fees) fields += rlpInteger(fee)
  fields += rlpInteger(gas) + (to === null ? '80' : `94${digitsOf(to)}`)
  fields += rlpInteger(value) + rlpString(digitsOf(input))
  const signature = rlpInteger(signed.v) + rlpInteger(signed.r) + rlpInteger(signed.s)
  if (type === 0) {
    const { recovery, replayable } = readLegacy(transaction, chainId)
    const unsigned = rlpList(replayable ? fields : `${fields}${chain}8080`)
    return { whole: rlpList(fields + signature), unsigned, recovery }
  }
  if (BigInt(signed.chainId!) !== BigInt(chainId)) throw otherChain(transaction, signed.chainId!)
  if (signed.v !== '0x0' && signed.v !== '0x1') {
    throw fault('signature-invalid', transaction, `its parity is ${signed.v}`)
  }
  fields = chain + fields + encodeAccess(accessList!)
  if (blobs)
    fields += rlpInteger(blobs.maxFee) + rlpList(blobs.hashes.map((hash) => `a0${digitsOf(hash)}`).join(''))
  if (authorizations) fields += rlpList(authorizations.map(encodeAuthorization).join(''))
  const envelope = `0${type}`
  return {
    whole: envelope + rlpList(fields + signature),
    unsigned: envelope + rlpList(fields),
    recovery: Number(signed.v),
  }
}

/** `v` of a legacy transaction holds the chain since EIP-155; those from before are good on every chain. */
function readLegacy(transaction: Transaction, chainId: number): { recovery: number; replayable: boolean } {
  const v = BigInt(transaction.signed.v)
  if (v === 27n || v === 28n) return { recovery: Number(v) - 27, replayable: true }
  if (v < 35n) throw fault('signature-invalid', transaction, `its v is ${v}`)
  if ((v - 35n) / 2n !== BigInt(chainId)) throw otherChain(transaction, String((v - 35n) / 2n))
  return { recovery: Number((v - 35n) % 2n), replayable: false }
}

function encodeAccess(entries: readonly AccessEntry[]): string {
  if (entries.length === 0) return 'c0'
  const encoded = entries.map(({ address, storageKeys }) => {
    const keys = storageKeys.map((key) => `a0${digitsOf(key)}`).join('')
    return rlpList(`94${digitsOf(address)}${rlpList(keys)}`)
  })
  return rlpList(encoded.join(''))
}

const encodeAuthorization = ({ chainId, address, nonce, yParity, r, s }: Authorization): string =>
  rlpList(`${rlpInteger(chainId)}94${digitsOf(address)}${[nonce, yParity, r, s].map(rlpInteger).join('')}`)

const otherChain = (transaction: Transaction, chain: string) =>
  fault('transaction-chain', transaction, `it is signed for chain ${chain}`)

const fault = (code: Fault['code'], { blockNumber, blockHash, index }: Transaction, what: string) =>
  new Fault(code, `Block ${blockNumber}, transaction ${index}: ${what}`, {
    block: String(blockNumber),
    hash: blockHash,
    index,
  })
