import { closeDatabase, connectDatabase, workerPool } from '../lib/db/client'
import { openChain } from '../lib/indexer/open-chain'
import { rebuildProjection } from '../lib/indexer/rebuild'
import { findInstallation } from './local/installation'

/**
 * Derives the portal's tables anew beside the live ones, from the facts that are stored or, with --node, from the nodes, and
 * puts them in place. Portal and worker may run meanwhile.
 */
const { rpcUrls, deployment, finalityDepth, consensus, database } = await findInstallation()
connectDatabase({ worker: database.worker })
const { source, config } = openChain({ deployment, rpcUrls, finality: finalityDepth, consensus })
const { version, position, exchangeMs } = await rebuildProjection({
  live: workerPool(),
  urls: { owner: database.owner, worker: database.worker },
  config,
  source: process.argv.includes('--node') ? source : undefined,
  onProgress: (at, head) => console.log(`block ${at} of ${head}`),
})
console.log(`Version ${version} is in force from block ${position.number} ${position.hash} on.`)
console.log(`Writers waited ${exchangeMs.toFixed(0)} ms for the exchange.`)
await closeDatabase()
