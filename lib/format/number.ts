/** 1234567 → '1,234,567'. Exact for any bigint; the string form must be an optional minus and digits. */
export function groupDigits(value: bigint | number | string): string {
  const text = value.toString()
  const sign = text.startsWith('-') ? '−' : ''
  return sign + text.replace('-', '').replace(/\B(?=(\d{3})+$)/g, ',')
}

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** Counts in sentences: 'no', 'one' … 'nine', then figures. */
export const countWord = (count: number): string => small[count] ?? groupDigits(count)

/** '1 transfer', '2 transfers'. */
export const plural = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${groupDigits(count)} ${count === 1 || count === 1n ? one : many}`

/** Further than this nobody counts on a page view. */
export const mostCounted = 10_000

export const isCapped = (count: number): boolean => count >= mostCounted

/** As `plural`, of a count that was taken no further than `mostCounted`: '10,000 or more transfers'. */
export const pluralUpTo = (count: number, one: string, many = `${one}s`): string =>
  isCapped(count) ? `${groupDigits(count)} or more ${many}` : plural(count, one, many)

/** First letter in upper case, for words that open a sentence. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * An approximate total in words that admit it: 'about 6,100' above a thousand, exact below.
 * Two significant digits: more would claim more than an estimate knows.
 */
export function approximately(count: number): string {
  if (count < 1_000) return groupDigits(Math.round(count))
  const step = 10 ** (Math.floor(Math.log10(count)) - 1)
  return `about ${groupDigits(Math.round(count / step) * step)}`
}

/** Basis points as a percentage with one decimal at most, rounded down: 9,999 → '99.9 %'. Never rounds up to a line. */
export function formatShare(basisPoints: number): string {
  const tenths = Math.floor(basisPoints / 10)
  return tenths % 10 === 0 ? `${tenths / 10} %` : `${Math.floor(tenths / 10)}.${tenths % 10} %`
}
