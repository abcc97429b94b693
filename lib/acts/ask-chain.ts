import 'server-only'
import type { PublicClient } from 'viem'
import { createChainClient } from '@/lib/chain/client'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'

/** Asks the configured nodes; that none answers is a refusal that may be tried again, not a fault of ours. */
export async function askChain<T>(question: (client: PublicClient) => Promise<T>): Promise<Result<T>> {
  try {
    return accept(await question(createChainClient(env().rpcUrls)))
  } catch (error) {
    return refuse(
      'chain-unreachable',
      'The node did not answer. Nothing was changed; try again in a moment.',
      {
        values: { error: error instanceof Error ? error.name : 'unknown' },
      },
    )
  }
}
