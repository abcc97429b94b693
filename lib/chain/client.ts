import { createPublicClient, fallback, http, type PublicClient } from 'viem'

/**
 * A client for reads that people wait for. Nothing is cached: an answer older than its question is worse than none.
 * @param urls The first that answers is taken, in this order.
 * @param timeout In milliseconds, for each request; a failed one is tried once more.
 */
export function createChainClient(
  urls: string | readonly string[],
  { timeout = 10_000 }: { timeout?: number } = {},
): PublicClient {
  const transports = [urls].flat().map((url) => http(url, { timeout, retryCount: 1 }))
  const transport = transports.length === 1 ? transports[0]! : fallback(transports)
  return createPublicClient({ transport, cacheTime: 0 })
}
