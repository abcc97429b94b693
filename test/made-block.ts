import {
  bytesToHex,
  type Hex,
  keccak256,
  numberToHex,
  parseTransaction,
  type TransactionSerializable,
  toHex,
  toRlp,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { referenceRoot } from './reference-trie'

/** A block of wanted content, as a node says it, with roots and hashes made by viem and @ethereumjs/mpt. */
export type MadeLog = { address: Hex; topics: readonly Hex[]; data: Hex }
export type MadeCall = {
  transaction: TransactionSerializable & { type: 'legacy' | 'eip1559' }
  logs: readonly MadeLog[]
}
export type MadeBlock = Awaited<ReturnType<typeof makeBlock>>

const account = privateKeyToAccount(keccak256(toHex('sender')))
const emptyBloom: Hex = `0x${'00'.repeat(256)}`
const gasOfEach = 21_000n

export async function makeBlock(calls: readonly MadeCall[]) {
  const signed = await Promise.all(calls.map(({ transaction }) => account.signTransaction(transaction)))
  const types = calls.map(({ transaction }) => (transaction.type === 'legacy' ? 0 : 2))
  const blooms = calls.map(({ logs }) => bloomOf(logs))
  const receipts = calls.map(({ logs }, index) => {
    const used = numberToHex(gasOfEach * BigInt(index + 1))
    const list = logs.map(({ address, topics, data }) => [address, [...topics], data] as const)
    const body = toRlp(['0x01', even(used), blooms[index]!, list] as never)
    return types[index] === 0 ? body : (`0x02${body.slice(2)}` as Hex)
  })
  const fields = {
    parentHash: keccak256(toHex('parent')),
    sha3Uncles: keccak256('0xc0'),
    miner: account.address.toLowerCase() as Hex,
    stateRoot: keccak256(toHex('state')),
    transactionsRoot: await referenceRoot(signed),
    receiptsRoot: await referenceRoot(receipts),
    logsBloom: blooms.reduce(both, emptyBloom),
    difficulty: '0x',
    number: '0x07',
    gasLimit: '0x1fffffffffffff',
    gasUsed: calls.length === 0 ? '0x' : even(numberToHex(gasOfEach * BigInt(calls.length))),
    timestamp: '0x6553f100',
    extraData: '0x',
    mixHash: `0x${'00'.repeat(32)}`,
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x07',
  } as const
  const hash = keccak256(toRlp(Object.values(fields) as Hex[]))
  const place = { blockHash: hash, blockNumber: '0x7' }
  let logIndex = 0
  const parts = calls.map(({ logs }, index) => {
    const at = { ...place, transactionIndex: numberToHex(index), transactionHash: keccak256(signed[index]!) }
    return {
      at,
      logs: logs.map((log) => ({ ...log, ...at, logIndex: numberToHex(logIndex++), removed: false })),
    }
  })
  return {
    block: {
      ...fields,
      ...{ hash, number: '0x7', difficulty: '0x0', baseFeePerGas: '0x7', uncles: [] },
      gasUsed: numberToHex(gasOfEach * BigInt(calls.length)),
      transactions: calls.map((call, index) => saidOf(call, signed[index]!, parts[index]!.at)),
    },
    receipts: parts.map(({ at, logs }, index) => ({
      ...at,
      ...{
        status: '0x1',
        contractAddress: null,
        logs,
        logsBloom: blooms[index],
        gasUsed: numberToHex(gasOfEach),
      },
      cumulativeGasUsed: numberToHex(gasOfEach * BigInt(index + 1)),
    })),
  }
}

function saidOf({ transaction }: MadeCall, serialized: Hex, at: Record<string, string>) {
  const { r, s, v, yParity } = parseTransaction(serialized) as {
    r: Hex
    s: Hex
    v?: bigint
    yParity?: number
  }
  const { to, type, data, chainId, nonce = 0, gas = 0n, value = 0n } = transaction
  const prices = Object.entries(transaction).filter(
    ([name]) => /Gas$|^gasPrice$/.test(name) && name !== 'gas',
  )
  return {
    ...at,
    ...Object.fromEntries(prices.map(([name, price]) => [name, numberToHex(price as bigint)])),
    ...{ hash: at.transactionHash, from: account.address, to, input: data ?? '0x' },
    ...{ nonce: numberToHex(nonce), gas: numberToHex(gas), value: numberToHex(value) },
    ...{ r: quantity(r), s: quantity(s) },
    ...(type === 'legacy'
      ? { type: '0x0', v: numberToHex(v!) }
      : { type: '0x2', chainId: numberToHex(chainId!), yParity: numberToHex(yParity!), accessList: [] }),
  }
}

const quantity = (word: Hex): Hex => numberToHex(BigInt(word))
const even = (digits: Hex): Hex => (digits.length % 2 === 0 ? digits : `0x0${digits.slice(2)}`)

function bloomOf(logs: readonly MadeLog[]): Hex {
  const bloom = new Uint8Array(256)
  for (const value of new Set(logs.flatMap(({ address, topics }) => [address, ...topics]))) {
    const digest = keccak256(value, 'bytes')
    for (const at of [0, 2, 4]) {
      const bit = ((digest[at]! << 8) | digest[at + 1]!) & 2047
      bloom[255 - (bit >> 3)]! |= 1 << (bit & 7)
    }
  }
  return bytesToHex(bloom)
}

const both = (one: Hex, other: Hex): Hex => numberToHex(BigInt(one) | BigInt(other), { size: 256 })
