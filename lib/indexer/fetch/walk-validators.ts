import { verifySuccession } from '../verify/block'
import { fetchHeaders, type Source } from './blocks'

const stride = 200n

/**
 * Follows the headers of a QBFT chain from its genesis, or from the last validators that are pinned, so that those of
 * the first block to index are known to be the right ones and not only said to be.
 * @param to The block before the first.
 */
export async function walkValidators({ rpc, verification, onValidators }: Source, to: bigint): Promise<void> {
  const pinned = verification.validators?.findLast(({ fromBlock }) => fromBlock <= to)
  let [parent] = await fetchHeaders(rpc, [pinned?.fromBlock ?? 0n], verification)
  while (parent!.number < to) {
    const first = parent!.number + 1n
    const length = to - first + 1n < stride ? to - first + 1n : stride
    const numbers = Array.from({ length: Number(length) }, (_, index) => first + BigInt(index))
    for (const header of await fetchHeaders(rpc, numbers, verification)) {
      const change = verifySuccession(parent!, header, verification)
      if (change) onValidators?.(change)
      parent = header
    }
  }
}
