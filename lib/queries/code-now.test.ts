import { expect, test } from 'vitest'
import type { UpgradeRecord } from '@/lib/db/upgrade'
import { codeNow } from './code-now'

const [one, two] = [`0x${'1'.repeat(40)}`, `0x${'2'.repeat(40)}`] as const
const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const step = (act: UpgradeRecord['act'], fields: Partial<UpgradeRecord>): UpgradeRecord => ({
  ...{ instrument: one, time: day(1), blockNumber: 1n, implementation: one, before: null, release: null },
  ...{ version: null, notBefore: null, rollbackUntil: null, orderId: null, act },
  ...fields,
})
const founded = step('founded', {})
const scheduled = step('scheduled', { implementation: two, notBefore: day(3) })
const activated = step('activated', { implementation: two, before: one, rollbackUntil: day(33) })

test('what is scheduled waits beside the code in force', () => {
  expect(codeNow([scheduled, founded], day(2))).toEqual({ inForce: founded, scheduled, wayBack: undefined })
  const cancelled = step('cancelled', { implementation: two })
  expect(codeNow([cancelled, scheduled, founded], day(2)).scheduled).toBeUndefined()
})

test('after an activation the way back is open until its time', () => {
  const steps = [activated, scheduled, founded]
  expect(codeNow(steps, day(4))).toEqual({
    ...{ inForce: activated, scheduled: undefined },
    wayBack: { implementation: one, until: day(33) },
  })
  expect(codeNow(steps, day(33)).wayBack).toBeUndefined()
})

test('there is one way back', () => {
  const back = step('rolled-back', { implementation: one, before: two })
  expect(codeNow([back, activated, scheduled, founded], day(4))).toMatchObject({
    inForce: back,
    wayBack: undefined,
  })
})
