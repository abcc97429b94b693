import { describe, expect, it } from 'vitest'
import { isClientThrottled, openAgainAt } from './throttle'

const start = Date.UTC(2026, 10, 22, 12)
const tries = (count: number) => Array.from({ length: count }, (_, i) => new Date(start + i * 1000))
const waitAfter = (count: number) =>
  (openAgainAt(tries(count))?.getTime() ?? 0) - (start + (count - 1) * 1000)

describe('lock-out of a username', () => {
  it('lets four failures pass without a wait', () => {
    expect(openAgainAt([])).toBeNull()
    expect(openAgainAt(tries(4))).toBeNull()
  })

  it('waits 30 s after the fifth and doubles from there', () => {
    expect([5, 6, 7, 8].map(waitAfter)).toEqual([30_000, 60_000, 120_000, 240_000])
  })

  it('never waits longer than an hour, so nobody is locked out for good', () => {
    expect(waitAfter(12)).toBe(3_600_000)
    expect(waitAfter(2_000)).toBe(3_600_000)
  })
})

it('throttles a client at its thirtieth try', () => {
  expect(isClientThrottled(29)).toBe(false)
  expect(isClientThrottled(30)).toBe(true)
})
