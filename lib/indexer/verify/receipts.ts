import type { Hex } from 'viem'
import type { Log, Receipt, Transaction, Withdrawal } from '../decode/answers'
import { keccakDigits } from './keccak'
import { digitsOf, rlpInteger, rlpList, rlpNumber, rlpString } from './rlp'
import { trieRoot } from './trie'

/** The root of receipts encoded again: whether each call succeeded, the gas, and every log to the last byte. */
export function receiptsRoot(receipts: readonly Receipt[], transactions: readonly Transaction[]): Hex {
  return trieRoot(receipts.map((receipt, position) => encodeReceipt(receipt, transactions[position]!.type)))
}

/** EIP-2718: what is not legacy begins with the type of its transaction. */
export function encodeReceipt(receipt: Receipt, type: number): string {
  const outcome = receipt.root ? `a0${digitsOf(receipt.root)}` : rlpNumber(receipt.status!)
  const logs = rlpList(receipt.logs.map(encodeLog).join(''))
  const fields =
    outcome + rlpNumber(receipt.cumulativeGasUsed) + rlpString(digitsOf(receipt.logsBloom)) + logs
  return (type === 0 ? '' : `0${type}`) + rlpList(fields)
}

function encodeLog({ address, topics, data }: Log): string {
  let hashes = ''
  for (const topic of topics) hashes += `a0${digitsOf(topic)}`
  return rlpList(`94${digitsOf(address)}${rlpList(hashes)}${rlpString(digitsOf(data))}`)
}

export const withdrawalsRoot = (withdrawals: readonly Withdrawal[]): Hex =>
  trieRoot(
    withdrawals.map(({ index, validatorIndex, address, amount }) =>
      rlpList(`${rlpInteger(index)}${rlpInteger(validatorIndex)}94${digitsOf(address)}${rlpInteger(amount)}`),
    ),
  )

/** Where CREATE puts the contract of a transaction that is not sent to anybody. */
export const createdBy = ({ from, signed }: Transaction): Hex =>
  `0x${keccakDigits(rlpList(`94${digitsOf(from)}${rlpInteger(signed.nonce)}`)).slice(24)}`
