import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fromRlp, type Hex, keccak256, recoverTransactionAddress, toRlp } from 'viem'
import { headerFieldNames, quantityFields } from '../lib/indexer/decode/answers'

/**
 * The blocks of chain.rlp as a node would say them in JSON: what is in their bytes, with hashes and senders made by viem,
 * which verification does not use. The chain is that of test/data/execution-apis/tests/genesis.json.
 */
export const recordedChainId = 3_503_995_874_084_926

export type RecordedBlock = Record<string, unknown> & {
  number: Hex
  hash: Hex
  transactions: RecordedTransaction[]
}
export type RecordedTransaction = Record<string, unknown> & { hash: Hex; type: Hex }

type Rlp = Hex | readonly Rlp[]

export async function recordedBlocks(): Promise<RecordedBlock[]> {
  const file = new URL('data/execution-apis/tests/chain.rlp', import.meta.url)
  const bytes = readFileSync(fileURLToPath(file))
  const blocks: RecordedBlock[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + itemLength(bytes.subarray(at))
    blocks.push(await blockOf(fromRlp(`0x${bytes.toString('hex', at, end)}`, 'hex') as readonly Rlp[]))
    at = end
  }
  return blocks
}

/** Of the list that stands at the beginning. */
function itemLength(bytes: Uint8Array): number {
  const first = bytes[0]!
  if (first < 0xf8) return 1 + first - 0xc0
  const digits = first - 0xf7
  return 1 + digits + Number(`0x${Buffer.from(bytes.subarray(1, 1 + digits)).toString('hex')}`)
}

async function blockOf([header, transactions, uncles, withdrawals]: readonly Rlp[]): Promise<RecordedBlock> {
  const fields = (header as Hex[]).map((value, index) => {
    const name = headerFieldNames[index]!
    return [name, quantityFields.has(name) ? quantityOf(value) : value] as const
  })
  const place = {
    blockHash: keccak256(toRlp(header as Hex[])),
    blockNumber: quantityOf((header as Hex[])[8]!),
  }
  const list = (transactions as Rlp[]).map((item, index) =>
    transactionOf(item, { ...place, transactionIndex: quantityOf(toHex(index)) }),
  )
  return {
    ...(Object.fromEntries(fields) as { number: Hex }),
    hash: place.blockHash,
    transactions: await Promise.all(list),
    uncles: (uncles as Rlp[]).map((uncle) => keccak256(toRlp(uncle as Hex[]))),
    ...(withdrawals && { withdrawals: (withdrawals as Hex[][]).map(withdrawalOf) }),
  }
}

const fees = ['maxPriorityFeePerGas', 'maxFeePerGas']
const call = ['gas', 'to', 'value', 'input']
const signature = ['yParity', 'r', 's']
const layouts = [
  ['nonce', 'gasPrice', ...call, 'v', 'r', 's'],
  ['chainId', 'nonce', 'gasPrice', ...call, 'accessList', ...signature],
  ['chainId', 'nonce', ...fees, ...call, 'accessList', ...signature],
  [
    'chainId',
    'nonce',
    ...fees,
    ...call,
    'accessList',
    'maxFeePerBlobGas',
    'blobVersionedHashes',
    ...signature,
  ],
  ['chainId', 'nonce', ...fees, ...call, 'accessList', 'authorizationList', ...signature],
] as const

async function transactionOf(item: Rlp, place: Record<string, Hex>): Promise<RecordedTransaction> {
  const typed = typeof item === 'string'
  const serialized = typed ? item : toRlp(item as Hex[])
  const type = typed ? Number(item.slice(0, 4)) : 0
  const values = (typed ? fromRlp(`0x${item.slice(4)}`, 'hex') : item) as readonly Rlp[]
  const fields = layouts[type]!.map((name, index) => [name, fieldOf(name, values[index]!)])
  return {
    ...Object.fromEntries(fields),
    ...place,
    type: quantityOf(toHex(type)),
    hash: keccak256(serialized),
    from: (
      await recoverTransactionAddress({ serializedTransaction: serialized as `0x02${string}` })
    ).toLowerCase(),
  }
}

function fieldOf(name: string, value: Rlp): unknown {
  if (name === 'accessList') {
    return (value as [Hex, Hex[]][]).map(([address, storageKeys]) => ({ address, storageKeys }))
  }
  if (name === 'authorizationList') return (value as Hex[][]).map(authorizationOf)
  if (name === 'blobVersionedHashes' || name === 'input') return value
  if (name === 'to') return value === '0x' ? null : value
  return quantityOf(value as Hex)
}

const authorizationOf = ([chainId, address, nonce, yParity, r, s]: Hex[]) => ({
  address,
  ...{ chainId: quantityOf(chainId!), nonce: quantityOf(nonce!), yParity: quantityOf(yParity!) },
  ...{ r: quantityOf(r!), s: quantityOf(s!) },
})

const withdrawalOf = ([index, validatorIndex, address, amount]: Hex[]) => ({
  address,
  ...{ index: quantityOf(index!), validatorIndex: quantityOf(validatorIndex!), amount: quantityOf(amount!) },
})

const quantityOf = (value: Hex): Hex => `0x${BigInt(value === '0x' ? 0 : value).toString(16)}`
const toHex = (value: number): Hex => `0x${value.toString(16)}`
