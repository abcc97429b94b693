import { isAddress } from 'viem'
import { z } from 'zod'

export const prepareWalletBindingSchema = z.object({
  address: z
    .string()
    .max(42)
    .refine((text) => isAddress(text, { strict: false }), 'must be an address: 0x and 40 hexadecimal digits')
    .transform((text) => text.toLowerCase() as `0x${string}`),
})

/** A plain signature of 65 bytes: contract wallets cannot be an officer's, because the role table names accounts. */
export const submitWalletBindingSchema = z.object({
  message: z.string().min(1).max(2000),
  signature: z
    .string()
    .regex(/^0x[0-9a-fA-F]{130}$/, 'must be a signature of 65 bytes')
    .transform((text) => text as `0x${string}`),
})

export type PrepareWalletBindingInput = z.output<typeof prepareWalletBindingSchema>
export type SubmitWalletBindingInput = z.output<typeof submitWalletBindingSchema>
