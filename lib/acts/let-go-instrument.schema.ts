import { z } from 'zod'
import { parseAddress } from '@/lib/format/address'

export const letGoInstrumentSchema = z
  .object({
    address: z.string().transform((text, context) => {
      const address = parseAddress(text)
      if (address) return address
      context.addIssue('This is no address')
      return z.NEVER
    }),
  })
  .strict()

export type LetGoInstrumentInput = z.output<typeof letGoInstrumentSchema>
