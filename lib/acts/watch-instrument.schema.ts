import { z } from 'zod'
import { parseAddress } from '@/lib/format/address'

export const watchInstrumentSchema = z
  .object({
    address: z.string().transform((text, context) => {
      const address = parseAddress(text)
      if (address) return address
      context.addIssue('Enter an address: 0x and 40 digits, its capital letters as they were given to you')
      return z.NEVER
    }),
    /** Under what name it is listed here; empty: as it calls itself. */
    name: z
      .string()
      .trim()
      .max(80, 'Enter a name of at most 80 characters')
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Enter a name without control characters'),
    /** Empty: to be found. */
    startBlock: z
      .string()
      .trim()
      .regex(/^\d{0,15}$/, 'Enter a block number in digits, such as 18000000'),
  })
  .strict()

export type WatchInstrumentInput = z.output<typeof watchInstrumentSchema>
