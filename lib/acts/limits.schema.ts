import { z } from 'zod'
import { lawful } from './orders.schema'

/** Positions are ILimitPolicy.Scope and ILimitPolicy.Window. */
export const limitScopes = ['identity', 'tier', 'firm'] as const
export const limitWindows = ['transfer', 'day', 'month', 'balance'] as const
export type LimitScope = (typeof limitScopes)[number]
export type LimitWindow = (typeof limitWindows)[number]

export const limitReasons = {
  'L-01': 'Seasonal settlement',
  'L-02': 'Growth of business, documented',
  'L-03': 'Supervisory finding',
  'L-04': 'Customer risk reassessed',
  'L-05': 'Return to the ordinary limit',
} as const

export const prepareLimitSchema = z.object({
  scope: z.enum(limitScopes, 'Choose whose limit it is'),
  /** Firm or tier number, or the address of an identity. */
  subject: z.string().trim().max(42, 'This is not a subject of a limit'),
  window: z.enum(limitWindows, 'Choose which limit'),
  /** 'amount' or an explicit 'none': no limit is never the meaning of an empty field. */
  bound: z.enum(['amount', 'none'], 'Choose an amount or no limit'),
  amount: z.string().max(60, 'Enter a smaller amount'),
  reason: z.enum(
    Object.keys(limitReasons) as [keyof typeof limitReasons, ...(keyof typeof limitReasons)[]],
    'Choose a reason',
  ),
  ...lawful,
})

export type PrepareLimitInput = z.output<typeof prepareLimitSchema>

/** A subject as the projection keys it; undefined if it is none of this scope. */
export function limitSubjectOf(scope: LimitScope, text: string): string | undefined {
  if (scope === 'identity') return /^0x[0-9a-fA-F]{40}$/.test(text) ? text.toLowerCase() : undefined
  const largest = scope === 'tier' ? 255 : 2 ** 32 - 1
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= largest ? text : undefined
}
