import type { Address } from 'viem'
import { createRpc } from '../rpc'
import { checkDeployment, findDeployment, type Recognised, recognise, type Unrecognised } from './recognise'

/** What stands at an address and since when, asked of the first node that answers. */
export type Look =
  | Unrecognised
  | (Recognised & {
      /** Null: the node no longer knows, and nobody said. */
      startBlock: bigint | null
      /** What was said of the block of its deployment, as far as the node can tell. */
      said: 'right' | 'early' | 'late' | 'future' | 'unknown' | null
    })

/** @param said The block that somebody takes for the one of the deployment. */
export async function lookAt(urls: readonly string[], address: Address, said: bigint | null): Promise<Look> {
  let failure: unknown
  for (const url of urls) {
    try {
      const rpc = createRpc(url, { timeout: 10_000 })
      const found = await recognise(rpc, address)
      if ('why' in found) return found
      if (said !== null) {
        const isThere = said <= found.block
        const judged = isThere ? await checkDeployment(rpc, address, said) : 'future'
        return { ...found, startBlock: said, said: judged }
      }
      const founded = await findDeployment(rpc, address, found.block)
      return { ...found, startBlock: founded === 'unknown' ? null : founded.block, said: null }
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
