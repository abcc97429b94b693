import type { Hex } from 'viem'
import { keccakDigits } from './keccak'
import { rlpList, rlpNumber, rlpString } from './rlp'

/**
 * The root of the Merkle Patricia trie that holds a list: each value under the RLP of its position (Yellow Paper, D).
 * No key is the beginning of another, so that no branch has a value of its own.
 * @param values Hexadecimal digits without 0x, in the order of the list.
 */
export function trieRoot(values: readonly string[]): Hex {
  if (values.length === 0) return `0x${keccakDigits('80')}`
  const entries = values.map((value, position): Entry => ({ path: rlpNumber(position), value }))
  entries.sort((one, other) => (one.path < other.path ? -1 : 1))
  return `0x${keccakDigits(nodeOf(entries, 0, entries.length, 0))}`
}

/** `path`: the key's hexadecimal digits, which are its nibbles. */
type Entry = { path: string; value: string }

/** The node under which the entries `from` up to `to` hang; they agree in the first `depth` nibbles. */
function nodeOf(entries: readonly Entry[], from: number, to: number, depth: number): string {
  const first = entries[from]!
  if (to - from === 1) {
    return rlpList(rlpString(pathOf(first.path.slice(depth), true)) + rlpString(first.value))
  }
  const shared = sharedLength(first.path, entries[to - 1]!.path)
  if (shared > depth) {
    const child = referenceTo(nodeOf(entries, from, to, shared))
    return rlpList(rlpString(pathOf(first.path.slice(depth, shared), false)) + child)
  }
  let children = ''
  let start = from
  for (const nibble of '0123456789abcdef') {
    let end = start
    while (end < to && entries[end]!.path[depth] === nibble) end++
    children += end === start ? '80' : referenceTo(nodeOf(entries, start, end, depth + 1))
    start = end
  }
  return rlpList(`${children}80`)
}

/** A node shorter than a hash stands in its parent itself. */
const referenceTo = (node: string): string => (node.length < 64 ? node : `a0${keccakDigits(node)}`)

/** Hex-prefix encoding: whether the path ends in a leaf, and whether its length is odd. */
function pathOf(nibbles: string, leaf: boolean): string {
  return nibbles.length % 2 === 0 ? `${leaf ? '20' : '00'}${nibbles}` : `${leaf ? '3' : '1'}${nibbles}`
}

function sharedLength(one: string, other: string): number {
  let length = 0
  while (one[length] === other[length]) length++
  return length
}
