import { closeDatabase, connectDatabase, workerPool } from '../lib/db/client'
import { openChain } from '../lib/indexer/open-chain'
import { compareWithReindex, isSame } from '../lib/indexer/reindex'
import { findInstallation } from './local/installation'

/** Prints a digest a table, live and of a clean re-index. Ends with 1 if any differs. */
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
for (const comparison of comparisons) {
  const { table, live, clean, onlyLive, onlyClean } = comparison
  const verdict = isSame(comparison) ? 'same' : 'DIFFERENT'
  console.log(`${table.padEnd(17)} ${String(live.rows).padStart(9)} rows  ${live.digest}  live`)
  console.log(`${''.padEnd(17)} ${String(clean.rows).padStart(9)} rows  ${clean.digest}  clean  ${verdict}`)
  for (const row of onlyLive) console.log(`  only live:  ${row}`)
  for (const row of onlyClean) console.log(`  only clean: ${row}`)
}
const different = comparisons.filter((comparison) => !isSame(comparison)).map(({ table }) => table)
console.log(different.length ? `\nDifferent: ${different.join(', ')}` : '\nAll tables are the same.')
await closeDatabase()
process.exitCode = different.length ? 1 : 0
