import type { Deployment } from '../chain/deployment'
import { createUpstreams } from '../chain/upstreams'
import type { Finality } from '../db/ledger/chain'
import { chainConfigOf } from './config'
import type { Source } from './fetch/blocks'
import type { ChainConfig } from './sync'
import type { Consensus } from './verify/rules'

/** A chain as the configuration names it. */
export type ChainSettings = {
  deployment: Deployment
  rpcUrls: readonly string[]
  finality: Finality
  consensus: Consensus
  /** Of each node. */
  callsPerSecond?: number
}

/** What an indexer of the chain needs: its nodes as one, and what its blocks are held to. */
export function openChain(settings: ChainSettings): { source: Source; config: ChainConfig } {
  const { deployment, rpcUrls, finality, consensus, callsPerSecond } = settings
  const config = chainConfigOf(deployment, finality, consensus)
  const { verification, watch } = config
  const rpc = createUpstreams(rpcUrls.map((url) => ({ url, perSecond: callsPerSecond })))
  return { source: { rpc, verification, watch }, config }
}
