/**
 * Writes lib/chain/generated from contracts/src. `--check` compiles afresh and fails if it would differ, or if the
 * instrument would not keep its storage; `--release` makes the layout of this build the one to be kept.
 */
import { compareAbis, writeAbis } from './contracts/abis'
import { withBuild } from './contracts/build'
import { compareLayout, writeLayout } from './contracts/layout'

withBuild((build) => {
  if (process.argv.includes('--release')) return writeLayout(build)
  if (!process.argv.includes('--check')) return writeAbis(build)
  const wrong = [...compareAbis(build), ...compareLayout(build)]
  for (const line of wrong) console.error(line)
  if (wrong.length > 0) process.exitCode = 1
})
