import { keccak_256 } from '@noble/hashes/sha3.js'

/**
 * The second reading of an order, on purpose without lib/chain, the generated ABIs or viem: its own selectors, its own
 * types, its own words. The page is believed only where this reads the same from the bytes that the wallet will get.
 * Unknown selectors, kinds, or bytes that a compiler would not have laid out this way are errors, never guesses.
 */

const selectors: Record<string, ReadAct> = { '63754ffd': 'execute', '89edd830': 'cancel', d41c306a: 'reject' }
type ReadAct = 'execute' | 'cancel' | 'reject'

const domainTypeText = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'
const orderTail = 'bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline)'
const actionTypes: Record<number, string> = {
  1: 'DecideKyc(address identity,uint8 status,uint8 tier,uint64 expiry,bytes32 evidence)',
  2: 'SetLimit(uint8 scope,bytes32 subject,uint8 window,uint256 limit)',
  3: 'SetRate(address instrument,uint128 numerator,uint128 denominator)',
  4: 'Freeze(address account,uint64 reviewBy,uint64 expiresAt)',
  5: 'Unfreeze(address account)',
  6: 'SetRoles(address account,bytes32 person,uint256 roles)',
  7: 'SetSignatures(uint8 kind,uint8 signatures)',
  8: 'Pause(address instrument,uint64 reviewBy,uint64 expiresAt)',
  9: 'Unpause(address instrument)',
  10: 'FreezeAmount(address account,uint256 amount)',
  11: 'ForcedTransfer(address from,address to,uint256 amount)',
  12: 'Recover(address lost,address replacement,address identity)',
  13: 'SetCountryRule(uint16 country,bool listed)',
  14: 'SetSupplyCap(uint256 cap)',
  15: 'SetHolderCap(uint256 cap)',
  16: 'Preapprove(address from,address to,uint256 amount,uint64 expiresAt)',
  17: 'SetScreening(address identity,bool flagged)',
  18: 'SetTrustedIssuer(address issuer,uint256 topic,bool trusted)',
  19: 'SetClaimTopic(uint256 topic,bool required)',
  20: 'Delegate(address principal,address delegate,uint64 startsAt,uint64 until)',
  21: 'SetCompliance(address compliance)',
  22: 'Upgrade(address implementation)',
  23: 'SetCountry(address identity,uint16 country)',
}

export type ReadOrder = {
  kind: number
  target: string
  /** Words of the action, in order, as hex without 0x. */
  words: string[]
  reason: string
  legalRef: string
  proposer: string
  nonce: bigint
  deadline: bigint
}

export type ReadCall = { act: ReadAct; order: ReadOrder; signature: string; rejectReason: string }

export class UnreadableError extends Error {}

/** Reads calldata for the Orders contract. @throws UnreadableError with the sentence to show. */
export function readCall(data: string): ReadCall {
  const hex = plainHex(data)
  const act = selectors[hex.slice(0, 8)]
  if (!act) throw new UnreadableError(`Unknown function 0x${hex.slice(0, 8)}: this is not an act on an order`)
  const body = hex.slice(8)
  const heads = { execute: 2, cancel: 1, reject: 3 }[act]
  if (offset(body, 0) !== heads)
    throw new UnreadableError('The order is not where it must be in the calldata')
  const orderAt = heads
  const at = (index: number) => word(body, orderAt + index)
  if (offset(body, orderAt + 2) !== 8) throw new UnreadableError('The arguments are not where they must be')
  const args = readBytes(body, orderAt + 8)
  let end = args.end
  let signature = ''
  if (act !== 'cancel') {
    if (offset(body, 1) !== end) throw new UnreadableError('The signature is not where it must be')
    const read = readBytes(body, end)
    signature = read.hex
    end = read.end
  }
  if (body.length !== end * 64) throw new UnreadableError('The calldata has bytes that belong to nothing')
  const kind = Number(small(at(0), 8))
  const words = args.hex.match(/.{64}/g) ?? []
  if (args.hex.length !== words.length * 64) throw new UnreadableError('The arguments are not whole words')
  const order: ReadOrder = {
    kind,
    target: addressOf(at(1)),
    words,
    reason: at(3),
    legalRef: at(4),
    proposer: addressOf(at(5)),
    nonce: BigInt(`0x${at(6)}`),
    deadline: small(at(7), 64),
  }
  members(order) // refuses words that do not fit their types
  return { act, order, signature, rejectReason: act === 'reject' ? word(body, 2) : '' }
}

/** Reads what eth_signTypedData_v4 gets. Types have to be ours to the letter: a wallet hashes what they say. */
export function readTypedData(json: string): { chainId: number; contract: string; order: ReadOrder } {
  const { domain, types, primaryType, message } = JSON.parse(json)
  const kind = Number(Object.keys(actionTypes).find((key) => `${nameOf(Number(key))}Order` === primaryType))
  const action = actionTypes[kind]
  if (!action) throw new UnreadableError(`Unknown order type ${primaryType}`)
  const name = nameOf(kind)
  const expected: Record<string, string> = {
    EIP712Domain: domainTypeText,
    [name]: action,
    [`${name}Order`]: `${name}Order(address target,${name} action,${orderTail}`,
  }
  if (Object.keys(types).sort().join() !== Object.keys(expected).sort().join()) {
    throw new UnreadableError('The typed data names types that no order has')
  }
  for (const [type, text] of Object.entries(expected)) {
    const list = (types[type] as { type: string; name: string }[]).map(
      (member) => `${member.type} ${member.name}`,
    )
    if (`${type}(${list.join()})` !== text) throw new UnreadableError(`The type ${type} is not ours`)
  }
  exactKeys(domain, ['name', 'version', 'chainId', 'verifyingContract'])
  exactKeys(message, ['target', 'action', 'reason', 'legalRef', 'proposer', 'nonce', 'deadline'])
  exactKeys(
    message.action,
    memberList(kind).map(([, field]) => field),
  )
  if (domain.name !== 'Plimsoll Orders' || domain.version !== '1')
    throw new UnreadableError('The domain is not ours')
  const order: ReadOrder = {
    kind,
    target: plainHex(message.target, 20),
    words: memberList(kind).map(([type, field]) => wordOf(type, message.action[field])),
    reason: plainHex(message.reason, 32),
    legalRef: plainHex(message.legalRef, 32),
    proposer: plainHex(message.proposer, 20),
    nonce: BigInt(message.nonce),
    deadline: BigInt(message.deadline),
  }
  members(order)
  return { chainId: Number(domain.chainId), contract: plainHex(domain.verifyingContract, 20), order }
}

/** EIP-712 by hand: domain, message and digest, each 32 bytes of hex without 0x. */
export function hashesOf(order: ReadOrder, chainId: number, contract: string) {
  const name = nameOf(order.kind)
  const actionType = typeOf(order.kind)
  const domain = keccak(
    textHash(domainTypeText) +
      textHash('Plimsoll Orders') +
      textHash('1') +
      uint(BigInt(chainId)) +
      plainHex(contract).padStart(64, '0'),
  )
  const message = keccak(
    textHash(`${name}Order(address target,${name} action,${orderTail}${actionType}`) +
      order.target.padStart(64, '0') +
      keccak(textHash(actionType) + order.words.join('')) +
      order.reason +
      order.legalRef +
      order.proposer.padStart(64, '0') +
      uint(order.nonce) +
      uint(order.deadline),
  )
  return { domain, message, digest: keccak(`1901${domain}${message}`) }
}

/** The action's members as [name, exact value]: addresses and words in hex with 0x, numbers in decimals, truths as words. */
export function members(order: ReadOrder): [string, string][] {
  const list = memberList(order.kind)
  if (list.length !== order.words.length)
    throw new UnreadableError(`${nameOf(order.kind)} has other arguments`)
  return list.map(([type, name], at) => {
    const value = order.words[at]!
    if (type === 'address') return [name, `0x${addressOf(value)}`]
    if (type === 'bytes32') return [name, `0x${value}`]
    if (type === 'bool') return [name, small(value, 1) === 1n ? 'true' : 'false']
    return [name, String(small(value, Number(type.slice(4))))]
  })
}

export const isKind = (kind: number): boolean => kind in actionTypes

export const nameOf = (kind: number): string => typeOf(kind).slice(0, typeOf(kind).indexOf('('))

function typeOf(kind: number): string {
  const type = actionTypes[kind]
  if (!type) throw new UnreadableError(`Unknown kind of order: ${kind}`)
  return type
}

export const textHash = (text: string) => keccak(toHex(new TextEncoder().encode(text)))

export const keccak = (hex: string): string =>
  toHex(keccak_256(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))))

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const uint = (value: bigint) => value.toString(16).padStart(64, '0')

const memberList = (kind: number) =>
  typeOf(kind)
    .slice(nameOf(kind).length + 1, -1)
    .split(',')
    .map((member) => member.split(' ') as [string, string])

/** A member that no type names is not hashed, yet a wallet may show it. */
function exactKeys(given: object, expected: string[]) {
  if (Object.keys(given).sort().join() !== expected.sort().join()) {
    throw new UnreadableError(`Members other than ${expected.join(', ')}`)
  }
}

function plainHex(value: unknown, bytes?: number): string {
  const text = String(value).toLowerCase()
  if (!/^0x([0-9a-f]{2})*$/.test(text) || (bytes !== undefined && text.length !== 2 + bytes * 2)) {
    throw new UnreadableError(`Not ${bytes ? `${bytes} bytes` : 'hex'}: ${text.slice(0, 80)}`)
  }
  return text.slice(2)
}

function word(body: string, index: number): string {
  const text = body.slice(index * 64, index * 64 + 64)
  if (text.length !== 64) throw new UnreadableError('The calldata ends too early')
  return text
}

/** An ABI offset, in words from the start of its frame. */
const offset = (body: string, index: number) => Number(small(word(body, index), 32)) / 32

function small(hex: string, bits: number): bigint {
  const value = BigInt(`0x${hex}`)
  if (value >> BigInt(bits) !== 0n) throw new UnreadableError(`A value does not fit its ${bits} bits`)
  return value
}

function addressOf(hex: string): string {
  small(hex, 160)
  return hex.slice(24)
}

function readBytes(body: string, at: number): { hex: string; end: number } {
  const length = Number(small(word(body, at), 32))
  const words = Math.ceil(length / 32)
  const padded = Array.from({ length: words }, (_, index) => word(body, at + 1 + index)).join('')
  if (/[^0]/.test(padded.slice(length * 2)))
    throw new UnreadableError('The padding of a byte string is not empty')
  return { hex: padded.slice(0, length * 2), end: at + 1 + words }
}

const wordOf = (type: string, value: unknown): string => {
  if (type === 'address') return plainHex(value, 20).padStart(64, '0')
  if (type === 'bytes32') return plainHex(value, 32)
  if (type === 'bool' && typeof value !== 'boolean')
    throw new UnreadableError(`Neither true nor false: ${value}`)
  return uint(BigInt(value as string | boolean))
}
