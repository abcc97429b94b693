import type { Hex } from 'viem'
import type { Upstream } from '../../chain/upstreams'

/** What a node has, by height, beside what we have. Pure. */
export type Claim = {
  by: Upstream
  knows: ReadonlyMap<bigint, Hex>
  /** The lowest block that is known where it has another than we; null if there is none. */
  against: { number: bigint; hash: Hex } | null
}

/** Two hashes at one height, each of a block that verifies. */
export type Contest = {
  block: bigint
  hashes: { name: string; hash: Hex }[]
  /** Whether ours is final there, so that no reorganisation can be the reason. */
  isFinal: boolean
}

type Ours = ReadonlyMap<bigint, Hex>

export function claimOf(by: Upstream, knows: ReadonlyMap<bigint, Hex>, ours: Ours): Claim {
  let against: Claim['against'] = null
  for (const [number, hash] of knows) {
    const differs = ours.has(number) && ours.get(number) !== hash
    if (differs && (against === null || number < against.number)) against = { number, hash }
  }
  return { by, knows, against }
}

/** Undefined if nobody differs, or if everybody who has such a block differs in the same way: that is a fork. */
export function contestOf(claims: readonly Claim[], ours: Ours, final: bigint): Contest | undefined {
  const differing = claims.filter(({ against }) => against)
  if (differing.length === 0) return undefined
  const block = lowest(differing.map(({ against }) => against!.number))
  const supporting = claims.filter(
    ({ knows, against }) =>
      !against && [...knows].some(([number, hash]) => number >= block && ours.get(number) === hash),
  )
  const isFinal = block <= final
  if (supporting.length > 0) {
    const theirs = differing.filter(({ against }) => against!.number === block)
    const hashes = [
      ...supporting.map(({ by }) => ({ name: by.name, hash: ours.get(block)! })),
      ...theirs.map(({ by, against }) => ({ name: by.name, hash: against!.hash })),
    ]
    return { block, hashes, isFinal }
  }
  return contestAmong(differing, final)
}

function contestAmong(claims: readonly Claim[], final: bigint): Contest | undefined {
  const heights = [...new Set(claims.flatMap(({ knows }) => [...knows.keys()]))].sort((a, b) =>
    a < b ? -1 : 1,
  )
  for (const block of heights) {
    const hashes = claims.flatMap(({ by, knows }) =>
      knows.has(block) ? [{ name: by.name, hash: knows.get(block)! }] : [],
    )
    if (new Set(hashes.map(({ hash }) => hash)).size > 1) return { block, hashes, isFinal: block <= final }
  }
}

/** One line for the banner: the height, then who has what. */
export function wordsOfContest({ block, hashes }: Contest): string {
  const sides = [...new Set(hashes.map(({ hash }) => hash))]
  const namesOf = (side: Hex) => hashes.filter(({ hash }) => hash === side).map(({ name }) => name)
  const words = sides.map((hash) => `${hash} on ${namesOf(hash).join(', ')}`)
  return `Block ${block} is ${words.join(' and ')}`
}

const lowest = (numbers: readonly bigint[]) =>
  // biome-ignore lint/complexity/useMathMinMax: these are bigints
  numbers.reduce((least, number) => (number < least ? number : least))
