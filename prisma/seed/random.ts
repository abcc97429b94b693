import { keccak256, toHex } from 'viem'

/** A stream of numbers that is a function of its name alone, so that the world can be made again exactly. */
export function randomStream(name: string) {
  let state = Number(BigInt(keccak256(toHex(name))) & 0xffffffffn)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    /** In [0, 1). */
    next,
    /** A whole number, both bounds inclusive. */
    between: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  }
}

export type RandomStream = ReturnType<typeof randomStream>
