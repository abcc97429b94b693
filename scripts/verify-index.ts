import { closeDatabase, connectDatabase, workerPool } from '../lib/db/client'
import { openChain } from '../lib/indexer/open-chain'
import { compareWithReindex } from '../lib/indexer/reindex'
import { firstDifference, linesOf, wordsOf } from '../lib/indexer/twin'
import { findInstallation } from './local/installation'

/** Prints a digest a table, live and of a clean re-index, and where they part. Ends with 1 if any differs. */
const { rpcUrls, deployment, finalityDepth, consensus, database } = await findInstallation()
connectDatabase({ worker: database.worker })
const { source, config } = openChain({ deployment, rpcUrls, finality: finalityDepth, consensus })
const { block, hash, comparisons } = await compareWithReindex(
  workerPool(),
  database.owner,
  source.rpc,
  config,
)
console.log(`chain ${config.id}, block ${block} ${hash}\n`)
for (const comparison of comparisons) console.log(linesOf(comparison).join('\n'))
const first = firstDifference(comparisons)
const different = comparisons.filter(({ difference }) => difference).map(({ table }) => table)
if (first) {
  console.log(`\nDifferent: ${different.join(', ')}`)
  console.log(`They part first at block ${wordsOf(first.difference!.blocks)}, in table ${first.table}.`)
} else console.log('\nAll tables are the same.')
await closeDatabase()
process.exitCode = first ? 1 : 0
