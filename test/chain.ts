import { startChain } from '../scripts/local/chain'

export type TestChain = Awaited<ReturnType<typeof startAnvil>>

export type AnvilOptions = {
  /** Seconds between blocks; 0 mines a block for each transaction, undefined too. */
  blockTime?: number
  /** Time of the genesis block in seconds: later blocks run on from there. */
  genesisTime?: number
  chainId?: number
  /** A file to load at start and to write at stop. */
  stateFile?: string
}

/** A real node on a free port, with the arguments of the demonstration chain. Ends with the test process. */
export async function startAnvil(options: AnvilOptions = {}) {
  const chain = await startChain({ chainId: 31337, detached: false, ...options })
  const wsUrl = chain.rpcUrl.replace('http:', 'ws:')
  return { rpcUrl: chain.rpcUrl, wsUrl, chainId: chain.chainId, request: chain.request, stop: chain.stop }
}
