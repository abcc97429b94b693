import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyAct } from './acts'
import { startLedger, type TestLedger } from './chain'
import { found, play } from './run'

/** DIFFERENTIAL_ACTS and DIFFERENTIAL_SEED make it longer, or the same again. */
const acts = Number(process.env.DIFFERENTIAL_ACTS ?? 5_200)
const seed = Number(process.env.DIFFERENTIAL_SEED ?? Math.floor(Math.random() * 2 ** 31))
const perHistory = 520

let ledger: TestLedger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger?.stop())

test(`contracts and model agree on ${acts} acts, seed ${seed}`, async () => {
  const histories = Math.ceil(acts / perHistory)
  console.log(`DIFFERENTIAL_SEED=${seed} DIFFERENTIAL_ACTS=${acts}`)
  let played = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: perHistory, maxLength: perHistory }), async (history) => {
      const snapshot = await ledger.request('evm_snapshot')
      await play(ledger, await found(ledger), history)
      played += history.length
      await ledger.request('evm_revert', [snapshot])
    }),
    // A shorter history of five hundred acts says little more than the act at which it broke.
    { seed, numRuns: histories, endOnFailure: true },
  )
  expect(played).toBeGreaterThanOrEqual(acts)
}, 600_000)
