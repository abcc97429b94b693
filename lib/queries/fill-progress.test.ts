import { expect, test } from 'vitest'
import { fillProgress } from './fill-progress'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23) + seconds * 1000)

test('rate and time left are those of the worker that reads now', () => {
  const watched = { startBlock: 1_001n, filledTo: 3_000n }
  // Block 2,000 was reached by an earlier worker; this one took ten seconds for the next thousand.
  const fill = { begunAt: at(0), begunBlock: 2_000n, progressedAt: at(10) }
  expect(fillProgress(watched, fill, 5_000n)).toEqual({
    ...{ done: '2000', total: '4000', percent: 50 },
    ...{ rate: 100, secondsLeft: 20 },
  })
})

test('before anything is read there is neither', () => {
  const watched = { startBlock: 10n, filledTo: 9n }
  const nothing = { done: '0', percent: 0, rate: null, secondsLeft: null }
  expect(fillProgress(watched, undefined, 19n)).toEqual({ ...nothing, total: '10' })
  expect(fillProgress(watched, { begunAt: at(0), begunBlock: 9n, progressedAt: null }, 19n)).toMatchObject(
    nothing,
  )
  expect(fillProgress(watched, undefined, 3n)).toEqual({ ...nothing, total: '0' })
})
