import type { Hex } from 'viem'

/**
 * RLP written in hexadecimal digits without 0x. Nodes say everything in hexadecimal, so that an encoding is put together
 * from what they said and becomes bytes once, when it is hashed.
 */

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export const digitsOf = (hex: Hex): string => hex.slice(2)

export function rlpString(digits: string): string {
  return digits.length === 2 && digits < '80' ? digits : prefix(0x80, digits.length / 2) + digits
}

/** @param payload The encodings of the items, one after another. */
export const rlpList = (payload: string): string => prefix(0xc0, payload.length / 2) + payload

/** A canonical quantity: no leading zeros, and zero is the empty string. */
export function rlpInteger(quantity: Hex): string {
  if (quantity === '0x0') return '80'
  const digits = quantity.slice(2)
  return rlpString(digits.length % 2 === 0 ? digits : `0${digits}`)
}

export const rlpNumber = (value: number | bigint): string => rlpInteger(`0x${value.toString(16)}`)

function prefix(kind: 0x80 | 0xc0, length: number): string {
  if (length < 56) return bytes[kind + length]!
  const digits = length.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return bytes[kind + 55 + even.length / 2]! + even
}
