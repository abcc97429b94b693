import { accept, type Result, refuse } from '../errors/refusal'
import { groupDigits } from './number'

/** 2^256 − 1, the largest amount a contract can hold. */
export const maxAmount = (1n << 256n) - 1n

/**
 * Units of an instrument in words a person reads: 123450n with 2 decimals → '1,234.50'. Exact, never rounded.
 * `value` may be the decimal string of the wire.
 */
export function formatAmount(value: bigint | string, decimals: number): string {
  const digits = plainAmount(value, decimals)
  const [whole = '0', fraction] = digits.replace('-', '').split('.')
  const sign = digits.startsWith('-') ? '−' : ''
  return sign + groupDigits(whole) + (fraction === undefined ? '' : `.${fraction}`)
}

/** The same without grouping, for files and input fields: 123450n → '1234.50'. */
export function plainAmount(value: bigint | string, decimals: number): string {
  const units = BigInt(value)
  const text = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const whole = text.slice(0, text.length - decimals)
  const sign = units < 0n ? '-' : ''
  return decimals === 0 ? sign + whole : `${sign}${whole}.${text.slice(text.length - decimals)}`
}

const scales = [
  { from: 10n ** 9n, name: 'bn' },
  { from: 10n ** 6n, name: 'm' },
  { from: 10n ** 3n, name: 'k' },
] as const

/** Three figures and a scale, rounded down: '1.42 bn', '640'. For headlines only; the exact figure stands near it. */
export function formatShortAmount(value: bigint | string, decimals: number): string {
  const units = BigInt(value)
  const whole = units / 10n ** BigInt(decimals)
  const scale = scales.find(({ from }) => whole >= from)
  if (!scale) return groupDigits(whole)
  const hundredths = (whole * 100n) / scale.from
  const integer = hundredths / 100n
  const rest = (hundredths % 100n).toString().padStart(2, '0')
  const fraction = integer >= 100n ? '' : integer >= 10n ? rest.slice(0, 1) : rest
  const trimmed = fraction.replace(/0+$/, '')
  // The space does not break: figure and scale stay on one line.
  return `${integer}${trimmed && `.${trimmed}`}\u00a0${scale.name}`
}

const wrong = (message: string) => refuse('bad-input', message)

/**
 * What somebody typed, as units of an instrument with so many decimals. ASCII digits, optional thousands commas in
 * their proper places, one point. No sign, no exponent, no hexadecimal, at most `decimals` digits after the point,
 * below 2^256: anything that a second reader could read otherwise is refused and not guessed at.
 */
export function parseAmount(text: string, decimals: number): Result<bigint> {
  const trimmed = text.trim()
  if (trimmed === '') return wrong('Enter an amount')
  const parts = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(trimmed)
  // In a JavaScript pattern without the u and v flags \d is exactly 0 to 9, so fullwidth digits end here.
  if (!parts) return wrong('Enter an amount in figures, such as 2,500,000.00')
  const [, whole = '', fraction = ''] = parts
  if (fraction.length > decimals) {
    return wrong(
      decimals === 0
        ? 'Enter a whole number: this unit has no decimals'
        : `Enter at most ${decimals} digits after the point`,
    )
  }
  // Longer than 2^256 has digits: refused before BigInt spends time on a page of nines.
  if (whole.length > 120) return wrong('Enter a smaller amount')
  const units = BigInt(whole.replaceAll(',', '') + fraction.padEnd(decimals, '0'))
  return units > maxAmount ? wrong('Enter a smaller amount') : accept(units)
}
