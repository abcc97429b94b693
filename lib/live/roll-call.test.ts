import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { gatherMs, openRollCall } from './roll-call'
import { recheckMs } from './stream'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('asks once for all who ask within the time, and answers each for themselves', async () => {
  const call = vi.fn(async (_all: readonly number[]) => (one: number) => one % 2 === 0)
  const isEven = openRollCall(call)
  const first = [1, 2, 3].map(isEven)
  await vi.advanceTimersByTimeAsync(gatherMs - 1)
  const last = isEven(4)
  await vi.advanceTimersByTimeAsync(1)
  expect(await Promise.all([...first, last])).toEqual([false, true, false, true])
  expect(call.mock.calls).toEqual([[[1, 2, 3, 4]]])
})

it('keeps no answer: whoever asks once the question is on its way is asked for anew', async () => {
  let isAllowed = true
  let release = () => {}
  const ask = openRollCall(async () => {
    const answer = isAllowed
    await new Promise<void>((resolve) => {
      release = resolve
    })
    return () => answer
  })
  const before = ask('one')
  await vi.advanceTimersByTimeAsync(gatherMs)
  isAllowed = false
  const after = ask('one')
  release()
  expect(await before).toBe(true)
  await vi.advanceTimersByTimeAsync(gatherMs)
  release()
  expect(await after).toBe(false)
})

it('fails for all where the question fails, and asks again the next time', async () => {
  const call = vi
    .fn()
    .mockRejectedValueOnce(new Error('no database'))
    .mockResolvedValue(() => true)
  const ask = openRollCall<string, boolean>(call)
  const failed = Promise.allSettled([ask('one'), ask('two')])
  await vi.advanceTimersByTimeAsync(gatherMs)
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const again = ask('one')
  await vi.advanceTimersByTimeAsync(gatherMs)
  expect(await again).toBe(true)
})

it('leaves half of the five seconds in which a stream must end to the answer', () => {
  expect(recheckMs + gatherMs).toBeLessThan(3_000)
})
