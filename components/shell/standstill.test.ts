import { expect, test } from 'vitest'
import { standstillOf } from './standstill'

const now = new Date('2026-11-23T12:00:00Z')
const block = (seconds: number, nodeHead = '100') => ({
  asOf: { block: '100', nodeHead, time: new Date(now.getTime() - seconds * 1000).toISOString() },
  now,
  isConnected: true,
})

test('a chain that stands still is said after a minute, and not that of an index that is behind', () => {
  expect(standstillOf(block(60))).toBeUndefined()
  expect(standstillOf(block(61))).toBe('still')
  expect(standstillOf(block(61, '105'))).toBe('still')
  expect(standstillOf(block(61, '106'))).toBe('behind')
})

test('a page that hears no news cannot tell that there are none', () => {
  expect(standstillOf({ ...block(9000), isConnected: false })).toBeUndefined()
})

test('a halt is said at once, and to whoever heard of it', () => {
  const { asOf } = block(1)
  const halted = { ...asOf, isHalted: true } as const
  expect(standstillOf({ ...block(1), asOf: halted })).toBe('halted')
  expect(standstillOf({ ...block(1), asOf: halted, isConnected: false })).toBe('halted')
})
