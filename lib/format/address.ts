import { getAddress } from 'viem'

const shape = /^0x[0-9a-fA-F]{40}$/

export const isHexAddress = (text: string): text is `0x${string}` => shape.test(text)

/** EIP-55 mixed case. Throws on anything that is no address. */
export const checksum = (address: string): `0x${string}` => getAddress(address)

/**
 * What somebody typed, in lower case as the database keeps it; undefined if it is no address. A mixed-case address
 * whose checksum does not hold has a typing mistake in it and is refused.
 */
export function parseAddress(text: string): `0x${string}` | undefined {
  const trimmed = text.trim()
  if (!isHexAddress(trimmed)) return undefined
  const digits = trimmed.slice(2)
  const isMixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  if (isMixed && getAddress(trimmed) !== trimmed) return undefined
  return trimmed.toLowerCase() as `0x${string}`
}

/** '0x8f2a…41c9', for tables. Never on a signing screen. */
export function shortAddress(address: string): string {
  const full = isHexAddress(address) ? checksum(address) : address
  return `${full.slice(0, 6)}…${full.slice(-4)}`
}

/** '0x7d03…f787', for transaction and block hashes. */
export const shortHash = (hash: string): string => `${hash.slice(0, 6)}…${hash.slice(-4)}`

export const zeroAddress = '0x0000000000000000000000000000000000000000'
