import { expect, test } from 'vitest'
import { z } from 'zod'
import { lawful } from './orders.schema'
import { requestReportSchema } from './reports.schema'

const proposal = z.object(lawful)

test('words of a proposal are text that can be kept and shown again', () => {
  const legalText = 'Letter of 20 Nov, § 14 ≥ 1 😀'
  expect(proposal.safeParse({ reasonText: 'two\nlines', legalText }).success).toBe(true)
  for (const broken of ['a NUL \0 in it', 'half a character \ud83d in it']) {
    expect(proposal.safeParse({ reasonText: broken, legalText }).success).toBe(false)
    expect(proposal.safeParse({ reasonText: '', legalText: broken }).success).toBe(false)
  }
})

test('a register begins on a day that there was', () => {
  const period = { firm: 'all', from: '0001-01-01', until: '2026-11-01' }
  expect(requestReportSchema.safeParse(period).success).toBe(true)
  for (const from of ['0000-01-01', '2026-02-31', '2026-11-1', '２０２６-01-01'])
    expect(requestReportSchema.safeParse({ ...period, from }).success, from).toBe(false)
})
