import { expect, test } from 'vitest'
import { Fault } from '../errors/fault'
import { createHealth } from './health'

// Jitter is a half less to a half more; 0.5 is none.
const health = () => createHealth(() => 0.5)
const unreachable = new Fault('node-unreachable', 'It does not answer')
const liar = new Fault('header-hash', 'It says what is not so')

test('a node is new until it answers, then live', () => {
  const node = health()
  expect(node.state(0)).toBe('new')
  node.answered(40)
  expect([node.state(0), node.latency, node.wait(0)]).toEqual(['live', 40, 0])
  node.answered(140)
  expect(node.latency).toBe(60)
})

test('one that fails rests twice as long each time, at most half a minute, and works again as soon as it answers', () => {
  const node = health()
  node.answered(10)
  node.isChecked = true
  const rests: number[] = []
  for (let now = 0; rests.length < 10; now += node.wait(now)) {
    node.failed(unreachable, now)
    rests.push(node.wait(now))
    expect(node.state(now)).toBe('resting')
  }
  expect(rests).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  expect(node.isChecked).toBe(false)
  expect(node.fault?.reason).toContain('node-unreachable')
  node.worked()
  expect([node.state(0), node.wait(0)]).toEqual(['live', 0])
  node.failed(unreachable, 0)
  expect(node.wait(0)).toBe(250)
})

test('the jitter keeps two that fail together from coming back together', () => {
  const rests = [0, 0.999].map((jitter) => {
    const node = createHealth(() => jitter)
    node.failed(unreachable, 0)
    return node.wait(0)
  })
  expect(rests).toEqual([125, expect.closeTo(375, 0)])
})

test('one that lied stays bad until what it says has held, however often it answers', () => {
  const node = health()
  node.answered(10)
  node.dissent = { block: 7n, hash: '0x01' }
  node.lied(liar, 0)
  expect([node.state(0), node.wait(0), node.dissent]).toEqual(['bad', 5_000, null])
  node.worked()
  expect(node.state(60_000)).toBe('bad')
  node.lied(liar, 60_000)
  expect(node.wait(60_000)).toBe(10_000)
  node.stood()
  expect(node.state(60_000)).toBe('live')
})

test('one that has had enough calls waits as long as it asks for, and a second if it does not say', () => {
  const node = health()
  node.limited(new Fault('node-limited', 'Enough', { retryAfterMs: 7_000 }), 0)
  expect([node.state(0), node.wait(0), node.isLimited()]).toEqual(['limited', 7_000, true])
  node.limited(new Fault('node-limited', 'Enough'), 8_000)
  expect(node.wait(8_000)).toBe(1_000)
  expect(node.state(9_001)).toBe('new')
})

test('a node behind the others is stale, one with another block dissents, and that weighs more', () => {
  const node = health()
  node.answered(10)
  node.isStale = true
  expect(node.state(0)).toBe('stale')
  node.dissent = { block: 7n, hash: '0x01' }
  expect(node.state(0)).toBe('dissents')
})

test('the quick, idle and reliable are preferred', () => {
  const [quick, slow, busy, flaky] = [health(), health(), health(), health()]
  for (const node of [quick, busy, flaky]) node.answered(10)
  slow.answered(100)
  busy.busy = 3
  flaky.erred(unreachable, 0)
  expect(flaky.errorShare).toBeCloseTo(0.2)
  for (const other of [slow, busy, flaky]) expect(quick.score()).toBeLessThan(other.score())
})
