import { describe, expect, it } from 'vitest'
import { formatAmount, formatShortAmount, maxAmount, parseAmount, plainAmount } from './amount'

describe('parseAmount', () => {
  it.each([
    ['0', 2, 0n],
    ['1', 2, 100n],
    ['1.5', 2, 150n],
    ['1.50', 2, 150n],
    ['2,500,000.00', 2, 250000000n],
    ['  42 ', 0, 42n],
    ['007', 0, 7n],
    ['0.000001', 6, 1n],
    [maxAmount.toString(), 0, maxAmount],
  ])('reads %s with %i decimals', (text, decimals, units) => {
    expect(parseAmount(text, decimals)).toEqual({ ok: true, value: units })
  })

  it.each([
    ['', 2],
    ['   ', 2],
    ['1e3', 2],
    ['1E3', 2],
    ['0x10', 2],
    ['0b1', 2],
    ['0o7', 2],
    ['１２３', 2],
    ['١٢', 2],
    ['-1', 2],
    ['−1', 2],
    ['+1', 2],
    ['1_000', 2],
    ['1 000', 2],
    ['1.', 2],
    ['.5', 2],
    ['1.2.3', 2],
    ['1.234', 2],
    ['1.0', 0],
    ['1,00', 2],
    ['1,0000', 2],
    [',100', 2],
    ['12,34.00', 2],
    ['NaN', 2],
    ['Infinity', 2],
    ['1\u0000', 2],
    [(maxAmount + 1n).toString(), 0],
    [maxAmount.toString(), 1],
    ['9'.repeat(100_000), 2],
  ])('refuses %j with %i decimals', (text, decimals) => {
    const result = parseAmount(text, decimals)
    expect(result.ok).toBe(false)
    if (!result.ok) expect(result.refusal.code).toBe('bad-input')
  })

  it('reads back whatever it printed', () => {
    for (const units of [0n, 1n, 99n, 100n, 123456789n, maxAmount]) {
      for (const decimals of [0, 2, 6, 18]) {
        expect(parseAmount(formatAmount(units, decimals), decimals)).toEqual({ ok: true, value: units })
        expect(parseAmount(plainAmount(units, decimals), decimals)).toEqual({ ok: true, value: units })
      }
    }
  })
})

describe('formatAmount', () => {
  it.each([
    [123450n, 2, '1,234.50'],
    [0n, 2, '0.00'],
    [5n, 2, '0.05'],
    [120n, 0, '120'],
    ['100000000000000000000', 18, '100.000000000000000000'],
    [-150n, 2, '−1.50'],
    [1_000_000n, 0, '1,000,000'],
  ])('prints %s with %i decimals as %s', (value, decimals, text) => {
    expect(formatAmount(value, decimals)).toBe(text)
  })

  it('is exact where a number would not be', () => {
    expect(formatAmount(maxAmount, 0).replaceAll(',', '')).toBe(maxAmount.toString())
    expect(formatAmount(9007199254740993n, 0)).toBe('9,007,199,254,740,993')
  })
})

describe('formatShortAmount', () => {
  it.each([
    [64000n, 2, '640'],
    [142_000_000_000n, 2, '1.42\u00a0bn'],
    [250_000_000n, 2, '2.5\u00a0m'],
    [99_999_999n, 2, '999\u00a0k'],
    [1_234_500n, 2, '12.3\u00a0k'],
    [99n, 2, '0'],
  ])('prints %s as %s', (value, decimals, text) => {
    expect(formatShortAmount(value, decimals)).toBe(text)
  })
})
