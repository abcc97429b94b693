import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Act } from './acts'
import { anyAct } from './any-act'
import { found } from './found'
import { startLedger, type TestLedger } from './ledger'
import { play } from './play'
import { openTally } from './tally'

/** DIFFERENTIAL_ACTS and DIFFERENTIAL_SEED make it longer, or the same again. */
const acts = Number(process.env.DIFFERENTIAL_ACTS ?? 5_200)
const seed = Number(process.env.DIFFERENTIAL_SEED ?? Math.floor(Math.random() * 2 ** 31))
const perHistory = 520

/** The disagreement alone; the seed is in the test's name. */
function reporter({ failed, errorInstance }: fc.RunDetails<[Act[]]>) {
  if (failed) throw errorInstance
}

let ledger: TestLedger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger?.stop())

test(`contracts and model agree on ${acts} acts, seed ${seed}`, async () => {
  // Twice as many at most, until each refusal was met.
  const histories = Math.ceil(acts / perHistory)
  console.log(`DIFFERENTIAL_SEED=${seed} DIFFERENTIAL_ACTS=${acts}`)
  const tally = openTally()
  let played = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: perHistory, maxLength: perHistory }), async (history) => {
      if (played >= acts && tally.unseen().length === 0) return
      const snapshot = await ledger.request('evm_snapshot')
      await play(ledger, await found(ledger, tally), history, tally)
      played += history.length
      await ledger.request('evm_revert', [snapshot])
    }),
    // A shorter history of five hundred acts says little more than the act at which it broke, nor does all of it.
    { seed, numRuns: 2 * histories, endOnFailure: true, reporter },
  )
  expect(played).toBeGreaterThanOrEqual(acts)
  console.log(tally.said())
  if (acts >= 5_000) expect(tally.unseen(), 'refusals that no act met').toEqual([])
}, 600_000)
