import { formatAmount, formatShortAmount } from './amount'

/** Limits are told in one currency; the policy's unit is a hundredth of it. */
export const reference = { unit: 'USD', decimals: 2 } as const

/** '2,500,000.00 USD'. */
export const formatReference = (value: bigint | string): string =>
  `${formatAmount(value, reference.decimals)} ${reference.unit}`

/** '2.5 m USD', for sentences. */
export const formatShortReference = (value: bigint | string): string =>
  `${formatShortAmount(value, reference.decimals)} ${reference.unit}`

/** What a limit is called, by its window. */
export const limitNames = {
  transfer: 'One transfer',
  day: '24 hours',
  month: '30 days',
  balance: 'Balance held',
} as const
