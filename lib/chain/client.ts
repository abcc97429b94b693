import { createPublicClient, http, type PublicClient } from 'viem'

/**
 * A client for reads that people wait for. Nothing is cached: an answer older than its question is worse than none.
 * @param timeout In milliseconds, for each request; a failed one is tried once more.
 */
export function createChainClient(
  url: string,
  { timeout = 10_000 }: { timeout?: number } = {},
): PublicClient {
  return createPublicClient({ transport: http(url, { timeout, retryCount: 1 }), cacheTime: 0 })
}
