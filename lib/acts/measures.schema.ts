import { z } from 'zod'
import { lawful } from './orders.schema'

/** What officers do to accounts, customers and instruments: text of a form only, one shape a kind, nothing besides. */

export const measureReasons = {
  'M-01': 'Order of a court or prosecutor',
  'M-02': 'Sanctions or screening finding',
  'M-03': 'Suspected fraud or theft',
  'M-04': 'Keys lost or in wrong hands',
  'M-05': 'Operational incident',
  'M-06': 'Supervisory finding',
  'M-07': 'The grounds have ceased',
} as const

const address = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^0x[0-9a-fA-F]{40}$/, message)
    .refine((text) => !/^0x0{40}$/.test(text), 'This is the zero address, which is nobody’s')

const closing = {
  reason: z.enum(
    Object.keys(measureReasons) as [keyof typeof measureReasons, ...(keyof typeof measureReasons)[]],
    'Choose a reason',
  ),
  ...lawful,
}

const instrument = address('Choose an instrument')
const account = address('Choose an account')
const typed = 'Enter an address: 0x and 40 hexadecimal digits'
const amount = z.string().max(90, 'Enter a smaller amount')

/** Minutes of UTC, as a field of date and time sends them; whether they can be used is judged against the ledger. */
const minute = z.string().max(19, 'Enter a date and time')

const measure = {
  /** One officer's emergency measure, or one that a second confirms. */
  confirmed: z.enum(['alone', 'two'], 'Choose who signs'),
  ends: z.enum(['at', 'lifted'], 'Choose when it ends'),
  expiresAt: minute,
  reviewBy: minute,
}

export const prepareMeasureSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('freeze'), account, instrument, ...measure, ...closing }),
    z.strictObject({ kind: z.literal('unfreeze'), account, instrument, ...closing }),
    z.strictObject({ kind: z.literal('freeze-amount'), account, instrument, amount, ...closing }),
    z.strictObject({
      kind: z.literal('forced-transfer'),
      account,
      instrument,
      to: address(typed),
      amount,
      ...closing,
    }),
    z.strictObject({
      kind: z.literal('recover'),
      account,
      instrument,
      replacement: address('Choose the account that takes over'),
      ...closing,
    }),
    z.strictObject({
      kind: z.literal('screening'),
      identity: address('This is not the address of an identity'),
      flagged: z.enum(['yes', 'no'], 'Choose whether screening flags the customer'),
      ...closing,
    }),
    z.strictObject({ kind: z.literal('pause'), instrument, ...measure, ...closing }),
    z.strictObject({ kind: z.literal('unpause'), instrument, ...closing }),
    z.strictObject({
      kind: z.literal('country-rule'),
      instrument,
      country: z.string().regex(/^[1-9]\d{0,2}$/, 'Choose a country'),
      listed: z.enum(['yes', 'no'], 'Choose whether the country is on the list'),
      ...closing,
    }),
    z.strictObject({
      kind: z.literal('supply-cap'),
      instrument,
      bound: z.enum(['amount', 'none'], 'Choose a cap or none'),
      amount,
      ...closing,
    }),
    z.strictObject({
      kind: z.literal('holder-cap'),
      instrument,
      bound: z.enum(['amount', 'none'], 'Choose a cap or none'),
      amount,
      ...closing,
    }),
  ],
  'This is nothing that can be proposed here',
)

export type PrepareMeasureInput = z.output<typeof prepareMeasureSchema>
export type InputOf<Kind extends PrepareMeasureInput['kind']> = Extract<PrepareMeasureInput, { kind: Kind }>

/** What the journal calls the object of a refused try. */
export const measureSubject = (input: PrepareMeasureInput): string =>
  'account' in input ? input.account : 'identity' in input ? input.identity : input.instrument
