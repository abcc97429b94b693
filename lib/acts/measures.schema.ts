import { z } from 'zod'
import { controlSchemas } from './controls.schema'
import { account, address, amount, closing, instrument, minute, typed } from './measure-fields.schema'

/** What officers do to accounts, customers and instruments: text of a form only, one shape a kind, nothing besides. */

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
    ...controlSchemas,
  ],
  'This is nothing that can be proposed here',
)

export type PrepareMeasureInput = z.output<typeof prepareMeasureSchema>
export type InputOf<Kind extends PrepareMeasureInput['kind']> = Extract<PrepareMeasureInput, { kind: Kind }>

/** What the journal calls the object of a refused try. */
export function measureSubject(input: PrepareMeasureInput): string {
  switch (input.kind) {
    case 'trusted-issuer':
      return input.issuer
    case 'claim-topic':
      return `topic ${input.topic}`
    case 'roles':
      return input.wallet
    case 'deputy':
      return input.delegate
    case 'signatures':
      return `signatures of kind ${input.ofKind}`
    default:
      return 'account' in input ? input.account : 'identity' in input ? input.identity : input.instrument
  }
}
