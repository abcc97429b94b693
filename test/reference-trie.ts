import { createMPT } from '@ethereumjs/mpt'
import { bytesToHex, type Hex, hexToBytes, numberToHex, toRlp } from 'viem'

/** The root of a list by a library that the product does not use, for comparison. */
export async function referenceRoot(values: readonly Hex[]): Promise<Hex> {
  const trie = await createMPT()
  for (const [position, value] of values.entries()) {
    const key = toRlp(position === 0 ? '0x' : numberToHex(position), 'bytes')
    await trie.put(key, hexToBytes(value))
  }
  return bytesToHex(trie.root())
}
