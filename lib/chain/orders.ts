import {
  type Address,
  decodeAbiParameters,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  hashDomain,
  hashStruct,
  hashTypedData,
  hexToString,
  keccak256,
  type PublicClient,
  stringToBytes,
  stringToHex,
  toHex,
} from 'viem'
import { ordersAbi } from './generated/orders'
import { kindName, kindNumber, type Member, membersOf, type OrderAction } from './order-kinds'

export { kindLabel, kindName, kindNumber, type OrderAction, type OrderKind } from './order-kinds'

/** Orders as contracts/src/interfaces/IOrders.sol knows them: typed data, arguments, calls. Pure but for the read at the end. */

/** IOrders.Order. `deadline` in UNIX seconds, inclusive. */
export type ChainOrder = {
  kind: number
  target: Address
  arguments: Hex
  reason: Hex
  legalRef: Hex
  proposer: Address
  nonce: bigint
  deadline: bigint
}

export function encodeArguments(action: OrderAction): Hex {
  const members = membersOf(kindNumber(action.kind))
  const given: Record<string, unknown> = { ...action }
  if (action.kind === 'SetSignatures') given.kind = action.ofKind
  return encodeAbiParameters(
    members,
    members.map((member) => given[member.name]),
  )
}

/** @throws if the bytes are not exactly the words of this kind. */
export function decodeArguments(kind: number, encoded: Hex): OrderAction {
  const name = kindName(kind)
  const members = membersOf(kind)
  const values = decodeAbiParameters(members, encoded)
  const named = Object.fromEntries(
    members.map((member, at) => [
      name === 'SetSignatures' && member.name === 'kind' ? 'ofKind' : member.name,
      member.type === 'address' ? String(values[at]).toLowerCase() : values[at],
    ]),
  )
  const action = { kind: name, ...named } as unknown as OrderAction
  // Decoding forgives what encoding never makes (dirty bits, a tail); an order is only what encodes back to itself.
  if (encodeArguments(action) !== encoded.toLowerCase())
    throw new Error(`Arguments of ${name} are not canonical`)
  return action
}

export const orderDomain = (chainId: number, contract: Address) => ({
  name: 'Plimsoll Orders',
  version: '1',
  chainId,
  verifyingContract: contract,
})

const domainType = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
]

/** What the proposer's wallet is asked to sign with eth_signTypedData_v4. */
export function orderTypedData(chainId: number, contract: Address, order: ChainOrder) {
  const name = kindName(order.kind)
  const action: Record<string, unknown> = { ...decodeArguments(order.kind, order.arguments) }
  if (name === 'SetSignatures') action.kind = action.ofKind
  else delete action.kind
  delete action.ofKind
  return {
    domain: orderDomain(chainId, contract),
    types: {
      EIP712Domain: domainType,
      [name]: [...membersOf(order.kind)],
      [`${name}Order`]: [
        { name: 'target', type: 'address' },
        { name: 'action', type: name },
        { name: 'reason', type: 'bytes32' },
        { name: 'legalRef', type: 'bytes32' },
        { name: 'proposer', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint64' },
      ],
    } as Record<string, Member[]>,
    primaryType: `${name}Order`,
    message: {
      target: order.target,
      action,
      reason: order.reason,
      legalRef: order.legalRef,
      proposer: order.proposer,
      nonce: order.nonce,
      deadline: order.deadline,
    } as Record<string, unknown>,
  }
}

/** An order's id: its EIP-712 digest, as IOrders.idOf. */
export const orderId = (chainId: number, contract: Address, order: ChainOrder): Hex =>
  hashTypedData(orderTypedData(chainId, contract, order))

/** The two halves of the digest, which some wallets show. */
export function orderHashes(chainId: number, contract: Address, order: ChainOrder) {
  const { domain, types, primaryType, message } = orderTypedData(chainId, contract, order)
  return {
    domain: hashDomain({ domain, types }),
    message: hashStruct({ data: message, primaryType, types }),
  }
}

export const executeCall = (contract: Address, order: ChainOrder, proposerSignature: Hex = '0x') => ({
  to: contract,
  data: encodeFunctionData({ abi: ordersAbi, functionName: 'execute', args: [order, proposerSignature] }),
})

export const cancelCall = (contract: Address, order: ChainOrder) => ({
  to: contract,
  data: encodeFunctionData({ abi: ordersAbi, functionName: 'cancel', args: [order] }),
})

export const rejectCall = (contract: Address, order: ChainOrder, proposerSignature: Hex, reason: Hex) => ({
  to: contract,
  data: encodeFunctionData({
    abi: ordersAbi,
    functionName: 'reject',
    args: [order, proposerSignature, reason],
  }),
})

/** Why a rejection was sent; undefined if the calldata is no rejection. */
export function rejectionReason(data: Hex): Hex | undefined {
  try {
    const call = decodeFunctionData({ abi: ordersAbi, data })
    return call.functionName === 'reject' ? call.args[2] : undefined
  } catch {
    return undefined
  }
}

/** Reason codes are short ASCII, left-aligned in a bytes32. */
export const reasonWord = (code: string): Hex => stringToHex(code, { size: 32 })
export const reasonCode = (reason: Hex): string => hexToString(reason, { size: 32 })

/** legalRef is the hash of the legal text as the officer wrote it, UTF-8. */
export const legalRefOf = (text: string): Hex => keccak256(stringToBytes(text))

/** A subject of a limit: an identity in the low 20 bytes, a tier or a firm number. */
export const subjectWord = (subject: Address | number): Hex =>
  typeof subject === 'number'
    ? toHex(subject, { size: 32 })
    : (`0x${subject.slice(2).toLowerCase().padStart(64, '0')}` as Hex)

/** How many signatures the contract asks of this kind now, or as at a block: 1 or 2. */
export const readSignatures = (
  client: PublicClient,
  contract: Address,
  kind: number,
  blockNumber?: bigint,
): Promise<number> =>
  client.readContract({
    ...{ address: contract, abi: ordersAbi, functionName: 'signaturesFor', args: [kind] },
    ...(blockNumber === undefined ? {} : { blockNumber }),
  })

/** The order as the contract takes it, from one as records keep it: the reason a code, the deadline a date. */
export const chainOrderOf = (kept: KeptOrder): ChainOrder => ({
  kind: kept.kind,
  target: kept.target,
  arguments: kept.arguments,
  reason: reasonWord(kept.reason),
  legalRef: kept.legalRef,
  proposer: kept.proposer,
  nonce: kept.nonce,
  deadline: BigInt(kept.deadline.getTime()) / 1000n,
})

export type KeptOrder = Omit<ChainOrder, 'reason' | 'deadline'> & { reason: string; deadline: Date }
