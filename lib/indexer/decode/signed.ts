import { type Address, type Hex, numberToHex } from 'viem'
import { Fault } from '../../errors/fault'
import { address, asFields, asList, data, type Fields, hash, hexQuantity } from './shape'

/** What a transaction's sender signed, and the signature, as the node gave it: all that its encoding is made of. */
export type Signed = {
  /** None in a legacy transaction, whose `v` may hold it. */
  chainId: Hex | null
  nonce: Hex
  /** Of gas, in the order of the encoding: the price, or priority fee and fee. */
  fees: Hex[]
  gas: Hex
  value: Hex
  accessList: AccessEntry[] | null
  blobs: { maxFee: Hex; hashes: Hex[] } | null
  authorizations: Authorization[] | null
  /** Of a legacy transaction `v`, else the parity. */
  v: Hex
  r: Hex
  s: Hex
}

/** As it is stored: of nearly every transaction gas, fees and signature in one line; the rest its row has, or nobody. */
export type PackedSigned = string | Signed

export function packSigned(signed: Signed): PackedSigned {
  const { gas, fees, v, r, s, accessList, blobs, authorizations } = signed
  if (accessList?.length || blobs || authorizations) return signed
  return [gas, ...fees, v, r, s].join(' ')
}

export function unpackSigned(
  packed: PackedSigned,
  { type, nonce, value }: { type: number; nonce: bigint; value: bigint },
  chainId: number,
): Signed {
  if (typeof packed !== 'string') return packed
  const [gas, ...rest] = packed.split(' ') as [Hex, ...Hex[]]
  const [v, r, s] = rest.slice(-3) as [Hex, Hex, Hex]
  return {
    ...{ gas, fees: rest.slice(0, -3), v, r, s },
    ...{ nonce: numberToHex(nonce), value: numberToHex(value) },
    ...{ chainId: type === 0 ? null : numberToHex(chainId), accessList: type === 0 ? null : [] },
    ...{ blobs: null, authorizations: null },
  }
}

/** What anybody may have packed, packed again from what is read of it, field by field as from a node. */
export function decodePacked(
  packed: PackedSigned,
  row: { type: number; nonce: bigint; value: bigint },
  chainId: number,
): PackedSigned {
  const { fees, accessList, blobs, authorizations, ...rest } = unpackSigned(packed, row, chainId)
  const [first, second] = fees
  const raw = {
    ...{ ...rest, accessList, authorizationList: authorizations, yParity: undefined },
    ...{ gasPrice: first, maxPriorityFeePerGas: first, maxFeePerGas: second },
    ...{ maxFeePerBlobGas: blobs?.maxFee, blobVersionedHashes: blobs?.hashes },
  }
  return packSigned(decodeSigned(raw, row.type))
}

export type AccessEntry = { address: Address; storageKeys: Hex[] }
export type Authorization = { chainId: Hex; address: Address; nonce: Hex; yParity: Hex; r: Hex; s: Hex }

/** Of the types that this version can encode: legacy, EIP-2930, EIP-1559, EIP-4844 and EIP-7702. */
export function decodeSigned(raw: Fields, type: number): Signed {
  if (type > 4) {
    throw new Fault('transaction-type', `Transactions of type ${type} are not known to this version`, {
      type,
    })
  }
  const fees = type < 2 ? ['gasPrice'] : ['maxPriorityFeePerGas', 'maxFeePerGas']
  return {
    chainId: type === 0 ? null : hexQuantity(raw, 'chainId'),
    nonce: hexQuantity(raw, 'nonce'),
    fees: fees.map((name) => hexQuantity(raw, name)),
    gas: hexQuantity(raw, 'gas'),
    value: hexQuantity(raw, 'value'),
    accessList: type === 0 ? null : asList(raw.accessList, 'accessList').map(decodeAccess),
    blobs:
      type === 3
        ? { maxFee: hexQuantity(raw, 'maxFeePerBlobGas'), hashes: hashes(raw, 'blobVersionedHashes') }
        : null,
    authorizations:
      type === 4 ? asList(raw.authorizationList, 'authorizationList').map(decodeAuthorization) : null,
    v: type === 0 ? hexQuantity(raw, 'v') : parity(raw),
    r: hexQuantity(raw, 'r'),
    s: hexQuantity(raw, 's'),
  }
}

function decodeAccess(value: unknown): AccessEntry {
  const raw = asFields(value, 'access list')
  return { address: address(raw, 'address'), storageKeys: hashes(raw, 'storageKeys') }
}

function decodeAuthorization(value: unknown): Authorization {
  const raw = asFields(value, 'authorization')
  return {
    chainId: hexQuantity(raw, 'chainId'),
    address: address(raw, 'address'),
    nonce: hexQuantity(raw, 'nonce'),
    yParity: parity(raw),
    r: hexQuantity(raw, 'r'),
    s: hexQuantity(raw, 's'),
  }
}

const hashes = (raw: Fields, name: string): Hex[] =>
  asList(raw[name], name).map((value) => hash({ [name]: value }, name))

/** Older nodes call the parity `v`, and many say both. */
function parity(raw: Fields): Hex {
  const value = hexQuantity(raw, raw.yParity == null ? 'v' : 'yParity')
  if (raw.v == null || raw.v === value) return value
  throw new Fault('bad-shape', `v and yParity differ: ${data(raw, 'v')} and ${value}`, { field: 'yParity' })
}
