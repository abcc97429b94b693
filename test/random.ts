/** Random numbers that a seed determines (mulberry32), so that a failed run can be had again. */
export type Random = ReturnType<typeof createRandom>

export function createRandom(seed: number) {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    /** From 0 up to `bound`, exclusive. */
    below: (bound: number): number => Math.floor(next() * bound),
    chance: (share: number): boolean => next() < share,
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
    /** From 0 to `most`, inclusive, in steps of most / 2^32 for what is larger. */
    amount: (most: bigint): bigint => (most * BigInt(Math.floor(next() * 2 ** 32))) / 2n ** 32n,
  }
}
