import { expect, test } from 'vitest'
import type { Comparison } from '../nodes/compare-head'
import { createAlarms, defaultPatience } from './alarms'
import { createPager } from './pager'

test('a chain without a new head is paged after half a minute, once, and until there is one', () => {
  const lines: string[] = []
  const note = (values: object, message: string) =>
    void lines.push(`${JSON.stringify({ over: false, ...values })} ${message}`)
  const alarms = createAlarms(createPager({ info: note, warn: note, error: note }, 1), defaultPatience)
  const hear = (head: bigint, seconds: number) =>
    alarms.heard({ head, time: BigInt(seconds), state: 'level' } as Comparison, seconds * 1000)
  for (const seconds of [1000, 1015, 1030]) hear(7n, seconds)
  expect(lines).toEqual([])
  for (const seconds of [1031, 1060, 2000]) hear(7n, seconds)
  expect(lines).toEqual([expect.stringContaining('PlimsollHeadStalled')])
  hear(8n, 2001)
  expect(lines[1]).toMatch(/"over":true.*PlimsollHeadStalled|PlimsollHeadStalled.*"over":true/)
  expect(lines).toHaveLength(2)
})
