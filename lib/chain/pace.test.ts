import { beforeEach, expect, test, vi } from 'vitest'
import { createPace } from './pace'

const { waited } = vi.hoisted(() => ({ waited: [] as number[] }))
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => void waited.push(ms) }))

let clock: number
const now = () => clock
beforeEach(() => {
  clock = 1_000_000
  waited.length = 0
})

/** How long each of these calls waits, one after the other at one moment. */
async function waits(pace: ReturnType<typeof createPace>, calls: readonly number[]): Promise<number[]> {
  const all: number[] = []
  for (const count of calls) {
    waited.length = 0
    await pace(count)
    all.push(waited[0] ?? 0)
  }
  return all
}

test('without a limit nobody waits', async () => {
  expect(await waits(createPace(undefined, now), [1000, 1000])).toEqual([0, 0])
})

test('a second’s worth goes at once, the rest at the pace', async () => {
  const ones = Array.from({ length: 14 }, () => 1)
  expect(await waits(createPace(10, now), ones)).toEqual([...Array(11).fill(0), 100, 200, 300])
})

test('a large batch passes, and whoever comes next pays for it', async () => {
  expect(await waits(createPace(10, now), [50, 1])).toEqual([0, 4000])
})

test('waiting ends as time passes, and what was not used is not saved up beyond a second', async () => {
  const pace = createPace(10, now)
  expect(await waits(pace, [20, 1])).toEqual([0, 1000])
  clock += 1_000
  expect(await waits(pace, [1])).toEqual([100])
  clock += 3_600_000
  expect(await waits(pace, [10, 1, 1])).toEqual([0, 0, 100])
})
