import { z } from 'zod'
import { address, amount, closing, instrument, minute, typed } from './measure-fields.schema'

/** What officers propose about rules, code and the suite itself: text of a form only, one shape a kind. */

const topic = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,76}$/, 'Enter the number of a claim topic')
const count = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,37}$/, 'Enter a whole number above zero')
const yesNo = (message: string) => z.enum(['yes', 'no'], message)
/** A box that is ticked or not. */
const box = z.enum(['yes', ''], 'Tick the box or leave it')
const holder = address('Choose a wallet')

export const controlSchemas = [
  z.strictObject({
    kind: z.literal('country'),
    identity: address('This is not the address of an identity'),
    country: z.string().regex(/^[1-9]\d{0,2}$/, 'Choose a country'),
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('preapproval'),
    instrument,
    from: address(typed),
    to: address(typed),
    amount,
    stands: z.enum(['until', 'withdrawn'], 'Choose whether it is allowed'),
    expiresAt: minute,
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('rate'),
    instrument,
    numerator: count,
    denominator: count,
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('compliance'),
    instrument,
    compliance: address(typed),
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('upgrade'),
    instrument,
    step: z.enum(['new', 'cancel', 'back'], 'Choose what becomes of the code'),
    implementation: z.union([address(typed), z.literal('')], typed),
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('trusted-issuer'),
    issuer: address(typed),
    topic,
    trusted: yesNo('Choose whether the issuer is trusted'),
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('claim-topic'),
    topic,
    required: yesNo('Choose whether the claim is needed'),
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('roles'),
    wallet: address(typed),
    person: z.string().regex(/^0x[0-9a-f]{64}$/, 'Choose a person'),
    ...{ administrator: box, officer: box, approver: box, registrar: box, issuer: box, anchor: box },
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('deputy'),
    principal: holder,
    delegate: holder,
    acts: z.enum(['between', 'ended'], 'Choose whether somebody acts'),
    startsAt: minute,
    until: minute,
    ...closing,
  }),
  z.strictObject({
    kind: z.literal('signatures'),
    ofKind: z.string().regex(/^[1-9]\d?$/, 'Choose a kind of order'),
    signatures: z.enum(['1', '2'], 'Choose how many'),
    ...closing,
  }),
] as const
