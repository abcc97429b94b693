import { expect, test } from 'vitest'
import { permitAt, whyNothingIsSigned } from './standstill'

const now = new Date('2026-11-23T12:00:00Z')
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const moving = { haltReason: null, movedAt: before(5), watchedAt: before(5) }

test('an index that moves, or that nobody watches, holds nothing back', () => {
  expect(whyNothingIsSigned(moving, now)).toBeUndefined()
  expect(whyNothingIsSigned({ ...moving, movedAt: before(59) }, now)).toBeUndefined()
  expect(whyNothingIsSigned({ ...moving, movedAt: before(9000), watchedAt: null }, now)).toBeUndefined()
  expect(whyNothingIsSigned(undefined, now)).toBeUndefined()
})

test('a halt, a contest, a chain that stalls and a worker that is gone each have their sentence', () => {
  const why = (state: object) => whyNothingIsSigned({ ...moving, ...state }, now)
  expect(why({ haltReason: 'nodes-disagree: Block 7 is 0x1 on a and 0x2 on b' })).toMatch(/^Nodes disagree/)
  expect(why({ haltReason: 'reorg-below-finality: …' })).toMatch(/^The index has halted/)
  expect(why({ movedAt: before(60) })).toMatch(/^No block has come for over a minute/)
  expect(why({ movedAt: before(300), watchedAt: before(290) })).toMatch(/^The index has not moved/)
})

test('what may not be done anyway keeps its reason, and an order may still be withdrawn', () => {
  const why = 'No block has come.'
  expect(permitAt('sign', { allowed: true }, why)).toEqual({ allowed: false, code: 'standstill', why })
  expect(permitAt('withdraw', { allowed: true }, why)).toEqual({ allowed: true })
  const no = { allowed: false, code: 'own-order', why: 'It is your own.' } as const
  expect(permitAt('execute', no, why)).toEqual(no)
  expect(permitAt('execute', { allowed: true }, undefined)).toEqual({ allowed: true })
})
