/** `npm run check:walls` finds what crosses a wall; with `--canary` it breaks each on purpose and must see it. */
import { breakEachWall } from './check/canary.mjs'
import { findBreaches } from './check/walls.mjs'

if (process.argv.includes('--canary')) {
  const results = await breakEachWall()
  for (const { wall, seen } of results) console.log(`${seen ? '✓ seen ' : '✗ BLIND'}  ${wall}`)
  const blind = results.filter(({ seen }) => !seen).length
  console.log(`\n${results.length - blind} of ${results.length} walls see who crosses them`)
  process.exitCode = blind > 0 ? 1 : 0
} else {
  const breaches = await findBreaches()
  for (const { wall, file, says } of breaches) console.error(`${file} ${says}  [${wall}]`)
  console.log(breaches.length === 0 ? 'No wall is crossed.' : `\n${breaches.length} crossings.`)
  process.exitCode = breaches.length > 0 ? 1 : 0
}
