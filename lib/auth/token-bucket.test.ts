import { expect, it } from 'vitest'
import { TokenBucket } from './token-bucket'

it('lets a burst pass, then its rate, each key for itself', () => {
  const bucket = new TokenBucket(10, 2)
  expect(bucket.take('a', 10, 0)).toBe(0)
  expect(bucket.take('a', 1, 0)).toBe(1)
  expect(bucket.take('a', 5, 1000)).toBe(2)
  expect(bucket.take('b', 10, 0)).toBe(0)
  expect(bucket.take('a', 2, 1000)).toBe(0)
})

it('never holds more than its capacity', () => {
  const bucket = new TokenBucket(10, 2)
  bucket.take('a', 1, 0)
  expect(bucket.take('a', 11, 3_600_000)).toBe(1)
  expect(bucket.take('a', 10, 3_600_000)).toBe(0)
})
