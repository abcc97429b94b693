import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { measureCommits } from '../test/bench/live-commits'
import { startTestCluster } from '../test/cluster'

/**
 * `npm run bench:live`: how long after its block a row is committed, heads by WebSocket and by polling, over 200 blocks.
 * `--screen` measures a portal that is up instead (PLIMSOLL_STATE, PLIMSOLL_ADDRESS): until it is seen in a browser.
 */
const { values } = parseArgs({
  options: { blocks: { type: 'string', default: '200' }, screen: { type: 'boolean', default: false } },
})
const blocks = Math.min(Math.max(Number(values.blocks) || 200, 30), 500)

function print(name: string, milliseconds: readonly number[]): void {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(0).padStart(8)
  console.log(`${name.padEnd(40)}${at(0.5)}${at(0.95)}${at(1)}`)
}

console.log(
  `Load ${loadavg()[0]?.toFixed(1)}. Milliseconds over ${blocks} blocks\n${' '.repeat(45)}p50     p95 slowest`,
)
if (values.screen) {
  const { measureScreen } = await import('../test/bench/live-screen') // knows the portal as it is loaded
  print('Mined → seen in the browser', await measureScreen(blocks))
} else {
  const cluster = await startTestCluster({ fsync: 'on', synchronous_commit: 'on' })
  try {
    for await (const { heads, milliseconds } of measureCommits(cluster, blocks))
      print(`Mined → committed, heads by ${heads}`, milliseconds)
  } finally {
    await cluster.stop()
  }
}
