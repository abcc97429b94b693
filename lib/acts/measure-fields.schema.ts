import { z } from 'zod'
import { lawful } from './orders.schema'

/** Fields that proposals of several kinds have. */

export const measureReasons = {
  'M-01': 'Order of a court or prosecutor',
  'M-02': 'Sanctions or screening finding',
  'M-03': 'Suspected fraud or theft',
  'M-04': 'Keys lost or in wrong hands',
  'M-05': 'Operational incident',
  'M-06': 'Supervisory finding',
  'M-07': 'The grounds have ceased',
  'M-08': 'Change of duties, technique or rules',
} as const

export const address = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^0x[0-9a-fA-F]{40}$/, message)
    .refine((text) => !/^0x0{40}$/.test(text), 'This is the zero address, which is nobody’s')

export const closing = {
  reason: z.enum(
    Object.keys(measureReasons) as [keyof typeof measureReasons, ...(keyof typeof measureReasons)[]],
    'Choose a reason',
  ),
  ...lawful,
}

export const instrument = address('Choose an instrument')
export const account = address('Choose an account')
export const typed = 'Enter an address: 0x and 40 hexadecimal digits'
export const amount = z.string().max(90, 'Enter a smaller amount')

/** Minutes of UTC, as a field of date and time sends them; whether they can be used is judged against the ledger. */
export const minute = z.string().max(19, 'Enter a date and time')
