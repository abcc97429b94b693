import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { AsOf } from '@/lib/queries/as-of'
import { openFeed } from './feed'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open() {
  const hearers = new Set<() => void>()
  const world = { head: 1 }
  const read = vi.fn(
    async (): Promise<AsOf> => ({
      chainId: 1,
      block: String(world.head),
      hash: `0x${String(world.head).padStart(64, '0')}`,
      time: '2026-11-22T00:00:00.000Z',
      finality: 'final',
      nodeHead: String(world.head),
    }),
  )
  const subscribe = openFeed((hear) => {
    hearers.add(hear)
    return () => hearers.delete(hear)
  }, read)
  const write = async (head: number) => {
    world.head = head
    for (const hear of hearers) hear()
    await vi.advanceTimersByTimeAsync(300)
  }
  return { subscribe, read, hearers, write }
}

it('reads a block once for all, and gives all the same bytes', async () => {
  const { subscribe, read, write, hearers } = open()
  const audience = Array.from({ length: 100 }, () => vi.fn())
  audience.forEach(subscribe)
  await vi.advanceTimersByTimeAsync(600)
  expect(hearers.size).toBe(1)
  read.mockClear()
  for (const tell of audience) tell.mockClear()
  await write(2)
  expect(read).toHaveBeenCalledOnce()
  const told = audience.map((tell) => tell.mock.calls)
  expect(told.every((calls) => calls.length === 1)).toBe(true)
  expect(new Set(told.map(([call]) => call![0].bytes)).size).toBe(1)
})

it('asks nothing while nobody listens, and begins again with whoever comes', async () => {
  const { subscribe, read, write, hearers } = open()
  const [early, late] = [vi.fn(), vi.fn()]
  const leave = subscribe(early)
  await vi.advanceTimersByTimeAsync(300)
  leave()
  leave()
  expect(hearers.size).toBe(0)
  read.mockClear()
  await write(2)
  expect(read).not.toHaveBeenCalled()
  subscribe(late)
  await vi.advanceTimersByTimeAsync(300)
  expect(late.mock.calls.map(([{ id }]) => id.split('-')[0])).toEqual(['2'])
})

it('goes on for the others after one could not be told, and leaves the hub with the last', async () => {
  const { subscribe, write, hearers } = open()
  const heard = vi.fn()
  const torn = vi.fn(() => {
    throw new Error('The stream is gone')
  })
  const stopTorn = subscribe(torn)
  const stop = subscribe(heard)
  await vi.advanceTimersByTimeAsync(600)
  heard.mockClear()
  await write(2)
  await write(3)
  expect(heard.mock.calls.map(([event]) => event.id.split('-')[0])).toEqual(['2', '3'])
  expect(torn).toHaveBeenCalledOnce()
  stopTorn()
  stop()
  expect(hearers.size).toBe(0)
  subscribe(torn)
  await vi.advanceTimersByTimeAsync(600)
  expect(hearers.size).toBe(0)
})
