import { beforeAll, describe, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { kycInput, limitInput, orderDeskForThisFile, refusal } from '@/test/order-desk'
import { customer } from '@/test/order-ledger'
import { prepareKycSchema } from './kyc.schema'
import { prepareLimit } from './limits'
import { prepareLimitSchema } from './limits.schema'
import { submitOrderSchema } from './orders.schema'

const desk = orderDeskForThisFile()
const { nextAmount } = desk
let officer: Officer
beforeAll(() => {
  ;({ officer } = desk.opened())
})

it('gives parallel preparers references of their own', async () => {
  await desk.opened().ledger.index()
  const input = { ...limitInput, amount: nextAmount() }
  const results = await Promise.all(Array.from({ length: 6 }, () => prepareLimit(officer, input)))
  expect(new Set(results.map((result) => result.ok && result.value.reference)).size).toBe(6)
})

describe('bad input', () => {
  it.each([
    '1e3',
    '0x10',
    '１００',
    '-5',
    '1.234',
    (2n ** 256n).toString(),
    '',
    'NaN',
    '1,00',
    String(2n ** 96n),
  ])('is refused: the amount %s', async (text) => {
    expect(await prepareLimit(officer, { ...limitInput, amount: text })).toMatchObject({
      refusal: { code: 'bad-input', fields: { amount: expect.any(String) } },
    })
  })

  it.each([
    ['a firm that is not there', { subject: '999' }],
    ['an address that is none', { scope: 'identity' as const, subject: '0x123' }],
    ['a number with a sign', { subject: '+7' }],
    ['a balance limit of a firm', { window: 'balance' as const }],
    ['no limit with an amount', { bound: 'none' as const }],
  ])('is refused: %s', async (_, change) => {
    expect(await prepareLimit(officer, { ...limitInput, ...change })).toMatchObject(refusal('bad-input'))
  })

  it('is refused by the schemas', () => {
    const order = { reference: 'O-2026-00001', act: 'execute', txHash: `0x${'a'.repeat(64)}` }
    expect(submitOrderSchema.safeParse(order).success).toBe(true)
    for (const bad of [{ txHash: '0x12' }, { act: 'delegatecall' }, { reference: "O-1' or 1=1" }]) {
      expect(submitOrderSchema.safeParse({ ...order, ...bad }).success).toBe(false)
    }
    expect(prepareKycSchema.safeParse({ ...kycInput, expiry: '2027-02-30' }).success).toBe(false)
    expect(prepareKycSchema.safeParse({ ...kycInput, identity: customer.slice(0, 40) }).success).toBe(false)
    expect(prepareLimitSchema.safeParse({ ...limitInput, legalText: ' ' }).success).toBe(false)
  })
})
