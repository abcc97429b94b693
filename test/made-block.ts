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
  /** Reverted, and so without logs. */
  refused?: boolean
}
/** Where in a chain; `time` in UNIX seconds. */
export type Place = { number: bigint; parentHash: Hex; time: bigint }
export type MadeBlock = Awaited<ReturnType<typeof makeBlock>>

const account = privateKeyToAccount(keccak256(toHex('sender')))
const emptyBloom: Hex = `0x${'00'.repeat(256)}`
const gasOfEach = 21_000n
const somewhere: Place = { number: 7n, parentHash: keccak256(toHex('parent')), time: 0x6553f100n }

export async function makeBlock(calls: readonly MadeCall[], at = somewhere) {
  const signed = await Promise.all(calls.map(({ transaction }) => sign(transaction)))
  const types = calls.map(({ transaction }) => (transaction.type === 'legacy' ? 0 : 2))
  const blooms = calls.map(({ logs }) => bloomOf(logs))
  const receipts = calls.map(({ logs }, index) => {
    const used = numberToHex(gasOfEach * BigInt(index + 1))
    const list = logs.map(({ address, topics, data }) => [address, [...topics], data] as const)
    const status = calls[index]!.refused ? '0x' : '0x01'
    const body = toRlp([status, even(used), blooms[index]!, list] as never)
    return types[index] === 0 ? body : (`0x02${body.slice(2)}` as Hex)
  })
  const fields = {
    parentHash: at.parentHash,
    sha3Uncles: keccak256('0xc0'),
    miner: account.address.toLowerCase() as Hex,
    stateRoot: keccak256(toHex('state')),
    transactionsRoot: await referenceRoot(signed),
    receiptsRoot: await referenceRoot(receipts),
    logsBloom: blooms.reduce(both, emptyBloom),
    difficulty: '0x',
    number: integer(at.number),
    gasLimit: '0x1fffffffffffff',
    gasUsed: integer(gasOfEach * BigInt(calls.length)),
    timestamp: integer(at.time),
    extraData: '0x',
    mixHash: `0x${'00'.repeat(32)}`,
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x07',
  } as const
  const hash = keccak256(toRlp(Object.values(fields) as Hex[]))
  const place = { blockHash: hash, blockNumber: numberToHex(at.number) }
  let logIndex = 0
  const parts = calls.map(({ logs }, index) => {
    const of = { ...place, transactionIndex: numberToHex(index), transactionHash: keccak256(signed[index]!) }
    return {
      of,
      logs: logs.map((log) => ({ ...log, ...of, logIndex: numberToHex(logIndex++), removed: false })),
    }
  })
  return {
    block: {
      ...fields,
      ...{ hash, number: numberToHex(at.number), difficulty: '0x0', baseFeePerGas: '0x7', uncles: [] },
      timestamp: numberToHex(at.time),
      gasUsed: numberToHex(gasOfEach * BigInt(calls.length)),
      transactions: calls.map((call, index) => saidOf(call, signed[index]!, parts[index]!.of)),
    },
    receipts: parts.map(({ of, logs }, index) => ({
      ...of,
      ...{
        status: calls[index]!.refused ? '0x0' : '0x1',
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

/** Signing is most of what a block costs, and simulated chains are alike. */
const signatures = new Map<string, Promise<Hex>>()

function sign(transaction: MadeCall['transaction']): Promise<Hex> {
  const key = Object.values(transaction).join(' ')
  const known = signatures.get(key) ?? account.signTransaction(transaction)
  if (signatures.size > 100_000) signatures.clear()
  signatures.set(key, known)
  return known
}

/** As RLP has it: zero is nothing. */
const integer = (value: bigint): Hex => (value === 0n ? '0x' : even(numberToHex(value)))
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
