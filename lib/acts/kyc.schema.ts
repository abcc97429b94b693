import { z } from 'zod'
import { isText, lawful, notText } from './orders.schema'

/** What an officer may decide; 0 (none) is not a decision, 1 (pending) sends the file back to the firm. */
export const kycStatuses = { verified: 2, suspended: 3, revoked: 4, pending: 1 } as const
export type KycStatus = keyof typeof kycStatuses

export const kycReasons = {
  'K-01': 'Documents complete and checked',
  'K-02': 'Periodic review completed',
  'K-03': 'Documents expired or missing',
  'K-04': 'Beneficial owner unclear',
  'K-05': 'Sanctions or adverse media finding',
  'K-06': 'Customer asked to close',
} as const

const day = /^(\d{4})-(\d{2})-(\d{2})$/

/** Midnight UTC of a calendar day, or undefined if there is no such day. */
export function dayOf(text: string): Date | undefined {
  if (!day.test(text)) return undefined
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : undefined
}

/** As the form sends it: text only, nothing besides. */
export const prepareKycSchema = z.object({
  identity: z.string().regex(/^0x[0-9a-f]{40}$/, 'This is not the address of an identity'),
  status: z.enum(Object.keys(kycStatuses) as [KycStatus, ...KycStatus[]], 'Choose what you decide'),
  tier: z.string().regex(/^[1-9]$/, 'Choose a tier from 1 to 9'),
  /** The first day on which the standing has lapsed; empty unless the decision is to verify. */
  expiry: z
    .string()
    .max(10, 'Enter a date')
    .refine((text) => text === '' || dayOf(text) !== undefined, 'Enter a real date, such as 2027-12-01'),
  evidence: z
    .string()
    .trim()
    .min(3, 'Say what the decision rests on: a file or case reference')
    .max(200, 'The evidence reference may have at most 200 characters')
    .refine(isText, notText),
  reason: z.enum(
    Object.keys(kycReasons) as [keyof typeof kycReasons, ...(keyof typeof kycReasons)[]],
    'Choose a reason',
  ),
  ...lawful,
})

export type PrepareKycInput = z.output<typeof prepareKycSchema>
