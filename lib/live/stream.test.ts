import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AsOf } from '@/lib/queries/as-of'
import { openCrowd } from './crowd'
import { eventId, openFeed } from './feed'
import { heartbeatMs, openStream, recheckMs, type StreamParts } from './stream'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const at = (block: number): AsOf => ({
  chainId: 1,
  block: String(block),
  hash: `0x${String(block).padStart(64, '0')}`,
  time: '2026-11-22T00:00:00.000Z',
  finality: 'final',
  nodeHead: String(block),
})

function open(given: Partial<StreamParts> & { head?: number } = {}) {
  const world = { head: given.head ?? 1, isAllowed: true, isBroken: false }
  const hearers = new Set<() => void>()
  const abort = new AbortController()
  const onClose = vi.fn()
  const stream = openStream({
    subscribe: openFeed(
      (hear) => {
        hearers.add(hear)
        return () => hearers.delete(hear)
      },
      async () => {
        if (world.isBroken) throw new Error('no database')
        return at(world.head)
      },
    ),
    isStillAllowed: async () => {
      if (world.isBroken) throw new Error('no database')
      return world.isAllowed
    },
    lastSeen: null,
    signal: abort.signal,
    onClose,
    ...given,
  })
  const reader = stream.body.getReader()
  const seen = { text: '', isDone: false }
  const pump = async () => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      seen.text += new TextDecoder().decode(value)
    }
    seen.isDone = true
  }
  void pump()
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
  const write = async (block: number) => {
    world.head = block
    for (const hear of hearers) hear()
    await settle(300)
  }
  const blocks = () =>
    [...seen.text.matchAll(/event: block\ndata: (.*)\n/g)].map(([, data]) => JSON.parse(data!).block)
  return { stream, world, hearers, abort, onClose, seen, settle, write, blocks }
}

describe('a stream', () => {
  it('says at once where the index is, and then each block with its id', async () => {
    const { seen, settle, write, blocks } = open()
    await settle(300)
    await write(2)
    expect(blocks()).toEqual(['1', '2'])
    expect(seen.text).toContain(`id: ${eventId(at(2))}\nevent: block`)
    expect(seen.text).toMatch(/^retry: \d+\n\n/)
  })

  it('tells a browser that comes back what it missed, and nothing if it missed nothing', async () => {
    const missed = open({ head: 9, lastSeen: eventId(at(7)) })
    await missed.settle(300)
    expect(missed.blocks()).toEqual(['9'])
    const current = open({ head: 9, lastSeen: eventId(at(9)) })
    await current.settle(300)
    expect(current.blocks()).toEqual([])
    await current.write(10)
    expect(current.blocks()).toEqual(['10'])
  })

  it('tells of another block at the same height', async () => {
    const { settle, blocks } = open({ head: 9, lastSeen: `9-0x${'f'.repeat(64)}` })
    await settle(300)
    expect(blocks()).toEqual(['9'])
  })

  it('is not fooled by a forged Last-Event-ID', async () => {
    const { settle, blocks } = open({ head: 3, lastSeen: '9999\nevent: bye' })
    await settle(300)
    expect(blocks()).toEqual(['3'])
  })

  it('keeps up with a backfill without telling of every block, and ends at the last', async () => {
    const { settle, world, hearers, blocks } = open()
    await settle(300)
    for (let block = 2; block <= 500; block++) {
      world.head = block
      for (const hear of hearers) hear()
    }
    await settle(1_000)
    expect(blocks().at(-1)).toBe('500')
    expect(blocks().length).toBeLessThan(5)
  })

  it('beats at least every 25 seconds', async () => {
    const { seen, settle } = open()
    await settle(heartbeatMs + 10)
    expect(heartbeatMs).toBeLessThanOrEqual(25_000)
    expect(seen.text).toContain(': still here')
  })

  it('says bye and ends within five seconds of the session', async () => {
    const { seen, settle, world, hearers, onClose } = open()
    await settle(300)
    world.isAllowed = false
    await settle(recheckMs + 10)
    expect(recheckMs).toBeLessThan(5_000)
    expect(seen.text).toMatch(/event: bye\ndata: \{\}\n\n$/)
    expect(seen.isDone).toBe(true)
    expect(hearers.size).toBe(0)
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('ends without a bye where the session cannot be checked, so that the browser asks again', async () => {
    const { seen, settle, world } = open()
    world.isBroken = true
    await settle(recheckMs + 10)
    expect(seen.isDone).toBe(true)
    expect(seen.text).not.toContain('bye')
  })

  it('ends within five seconds where nobody answers whose session it is', async () => {
    const { seen, settle } = open({ isStillAllowed: () => new Promise(() => {}) })
    await settle(recheckMs)
    expect(seen.isDone).toBe(false)
    await settle(recheckMs)
    expect(seen.isDone).toBe(true)
  })

  it('ends when the browser leaves', async () => {
    const { seen, settle, abort, hearers } = open()
    await settle(300)
    abort.abort()
    await settle()
    expect(seen.isDone).toBe(true)
    expect(hearers.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a crowd', () => {
  it('pauses the oldest stream of a person who opens too many, and nobody else’s', () => {
    const crowd = openCrowd(2)
    const streams = [1, 2, 3].map(() => ({ body: new ReadableStream(), close: vi.fn() }))
    const other = { body: new ReadableStream(), close: vi.fn() }
    crowd.enter('other', other)
    for (const stream of streams) crowd.enter('one', stream)
    expect(streams.map(({ close }) => close.mock.calls)).toEqual([[['crowded']], [], []])
    expect(other.close).not.toHaveBeenCalled()
    crowd.leave('one', streams[0])
    expect(crowd.count('one')).toBe(2)
    crowd.leave('other', other)
    expect(crowd.count('other')).toBe(0)
  })
})
