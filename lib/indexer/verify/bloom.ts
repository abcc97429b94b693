import type { Hex } from 'viem'
import type { Log } from '../decode/answers'
import { keccak256 } from './keccak'

const cacheLimit = 50_000
const cache = new Map<Hex, readonly [number, number, number]>()

/** The 2048-bit bloom of logs (Yellow Paper 4.3.1): three bits for each address and topic. */
export function bloomOf(logs: readonly Log[]): Hex {
  const bloom = new Uint8Array(256)
  for (const log of logs) {
    add(bloom, log.address)
    for (const topic of log.topics) add(bloom, topic)
  }
  return `0x${Buffer.from(bloom.buffer).toString('hex')}`
}

function add(bloom: Uint8Array, value: Hex): void {
  for (const bit of bitsOf(value)) bloom[255 - (bit >> 3)]! |= 1 << (bit & 7)
}

/** Addresses and topics repeat without end, and keccak256 is most of the cost of verifying. */
function bitsOf(value: Hex): readonly [number, number, number] {
  const known = cache.get(value)
  if (known) return known
  const digest = keccak256(Buffer.from(value.slice(2), 'hex'))
  const bit = (at: number) => ((digest[at]! << 8) | digest[at + 1]!) & 2047
  const bits = [bit(0), bit(2), bit(4)] as const
  if (cache.size >= cacheLimit) cache.clear()
  cache.set(value, bits)
  return bits
}
