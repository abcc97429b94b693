import { keccak256 } from 'viem'
import { untilLifted } from '../lib/chain/order-kinds'
import { type OrderAction, subjectWord } from '../lib/chain/orders'

/** In lower case, as actions keep them. */
export const samplePeople = [
  '0x8f2a41c98f2a41c98f2a41c98f2a41c98f2a41c9',
  '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
  '0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc',
] as const
/** A moment in seconds. */
export const sampleDay = 1_795_370_400n

const [a, b, c] = samplePeople
const day = sampleDay

/** One action of every kind, in the order of the table. */
export const sampleActions: OrderAction[] = [
  { kind: 'DecideKyc', identity: a, status: 2, tier: 1, expiry: day, evidence: keccak256('0x01') },
  { kind: 'SetLimit', scope: 2, subject: subjectWord(7), window: 1, limit: 400_000_000n },
  { kind: 'SetRate', instrument: a, numerator: 108n, denominator: 100n },
  { kind: 'Freeze', account: a, reviewBy: day, expiresAt: untilLifted },
  { kind: 'Unfreeze', account: a },
  { kind: 'SetRoles', account: a, person: keccak256('0x02'), roles: 6n },
  { kind: 'SetSignatures', ofKind: 4, signatures: 2 },
  { kind: 'Pause', instrument: a, reviewBy: day, expiresAt: day + 1n },
  { kind: 'Unpause', instrument: a },
  { kind: 'FreezeAmount', account: a, amount: 2n ** 255n },
  { kind: 'ForcedTransfer', from: a, to: b, amount: 7n },
  { kind: 'Recover', lost: a, replacement: b, identity: c },
  { kind: 'SetCountryRule', country: 643, listed: true },
  { kind: 'SetSupplyCap', cap: 10n ** 30n },
  { kind: 'SetHolderCap', cap: 99n },
  { kind: 'Preapprove', from: a, to: b, amount: 5n, expiresAt: day },
  { kind: 'SetScreening', identity: a, flagged: false },
  { kind: 'SetTrustedIssuer', issuer: a, topic: 2n ** 200n, trusted: true },
  { kind: 'SetClaimTopic', topic: 1n, required: false },
  { kind: 'Delegate', principal: a, delegate: b, startsAt: day, until: day + 86_400n },
  { kind: 'SetCompliance', compliance: a },
  { kind: 'Upgrade', implementation: a },
  { kind: 'SetCountry', identity: a, country: 250 },
]
