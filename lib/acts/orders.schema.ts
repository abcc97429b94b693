import { z } from 'zod'

/** NUL and halves of characters: what the database cannot keep, and so nobody could show again. */
export const isText = (text: string): boolean => !/[\0\p{Cs}]/u.test(text)
export const notText = 'There is a character in it that cannot be kept'

/** Fields that every proposal has. */
export const lawful = {
  reasonText: z
    .string()
    .trim()
    .max(300, 'The remark may have at most 300 characters')
    .refine(isText, notText),
  legalText: z
    .string()
    .trim()
    .min(5, 'Give the legal basis: the article, letter or file it rests on')
    .max(300, 'The legal reference may have at most 300 characters')
    .refine(isText, notText),
}

export const rejectReasons = {
  'X-01': 'The reason does not support the change',
  'X-02': 'The figures are wrong',
  'X-03': 'The legal reference is missing or wrong',
  'X-04': 'Circumstances have changed since it was proposed',
} as const
export type RejectReason = keyof typeof rejectReasons

export const isRejectReason = (text: string): text is RejectReason => Object.hasOwn(rejectReasons, text)

export const orderReference = z.string().regex(/^O-\d{4}-\d{5,9}$/, 'This is not the reference of an order')

const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'This is not a transaction hash')
  .transform((text) => text.toLowerCase() as `0x${string}`)

export const signOrderSchema = z.object({
  reference: orderReference,
  signature: z
    .string()
    .max(4_098)
    .regex(/^0x([0-9a-fA-F]{2}){65,2048}$/, 'This is not a signature')
    .transform((text) => text.toLowerCase() as `0x${string}`),
})

export const submitOrderSchema = z.object({
  reference: orderReference,
  act: z.enum(['execute', 'cancel', 'reject']),
  txHash: hash,
})

export const followOrderSchema = z.object({ reference: orderReference })
export const withdrawOrderSchema = z.object({ reference: orderReference })

export type SignOrderInput = z.output<typeof signOrderSchema>
export type SubmitOrderInput = z.output<typeof submitOrderSchema>
export type FollowOrderInput = z.output<typeof followOrderSchema>
export type WithdrawOrderInput = z.output<typeof withdrawOrderSchema>
