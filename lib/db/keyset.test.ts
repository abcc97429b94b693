import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeKeyset, encodeKeyset, keysetPart } from './keyset'

const place = z.tuple([keysetPart.bigint, keysetPart.integer])
const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('what was encoded comes back, whatever it was made of', () => {
  expect(decodeKeyset(encodeKeyset([12n, 3]), place)).toEqual({ ok: true, value: [12n, 3] })
  const at = new Date('2026-03-01T10:00:00.123Z')
  const id = '01890a5d-ac96-774b-bcce-b302099a8057'
  const mixed = z.tuple([keysetPart.date, keysetPart.uuid, keysetPart.text, keysetPart.uint256])
  const sample = [at, id, 'C-10233 Ø', 2n ** 256n - 1n] as const
  expect(decodeKeyset(encodeKeyset(sample), mixed)).toEqual({ ok: true, value: [...sample] })
})

test.each([
  ['', 'nothing'],
  ['%%%', 'no base64'],
  [text({ a: 1 }), 'no tuple'],
  [text(['1']), 'too short'],
  [text(['1', 2, 3]), 'too long'],
  [text([1, 2]), 'a number for a bigint'],
  [text(['-1', 2]), 'less than nothing'],
  [text(['9223372036854775808', 2]), 'more than a column holds'],
  [text(['1', 2147483648]), 'more than an integer'],
  [text(['1', 1.5]), 'a fraction'],
  [text(["1'; DROP TABLE block; --", 2]), 'SQL'],
  [text(['1', 2]).padEnd(2_000, 'A'), 'too much'],
])('a forged one is refused: %s (%s)', (forged) => {
  expect(decodeKeyset(forged, place)).toMatchObject({ ok: false, refusal: { code: 'bad-input' } })
})

test('text that PostgreSQL would not take is refused', () => {
  const schema = z.tuple([keysetPart.text])
  expect(decodeKeyset(text(['a\0b']), schema).ok).toBe(false)
  expect(decodeKeyset(text(['x'.repeat(257)]), schema).ok).toBe(false)
})

test('a day that PostgreSQL does not have is refused', () => {
  const schema = z.tuple([keysetPart.date])
  expect(decodeKeyset(text(['0000-01-01T00:00:00.000Z']), schema).ok).toBe(false)
  expect(decodeKeyset(text(['0001-01-01T00:00:00.000Z']), schema).ok).toBe(true)
})
