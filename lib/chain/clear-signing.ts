import type { Address } from 'viem'
import { kindLabel, type Member, membersOf, orderKinds, roleBits, untilLifted } from './order-kinds'

/**
 * ERC-7730 descriptors of all that an officer signs, for wallets that show calls and messages in words. Generated from the
 * table of kinds into contracts/clear-signing; a test holds the files against this, and this against golden calldata.
 * Without a deployment they bind to nothing, on purpose: a descriptor that fits every contract describes a thief's too.
 */

/** Of ERC-7730, its second version: formats are keyed by signature with names, or by EIP-712 encodeType. */
const schema = 'https://eips.ethereum.org/assets/eip-7730/erc7730-v2.schema.json'

export type Deployed = { chainId: number; address: Address }
export type Field = {
  path: string
  label: string
  format: string
  params?: Record<string, unknown>
  visible?: { ifNotIn: string[] }
}
export type Format = { intent: string; fields: Field[] }
export type Descriptor = {
  $schema: string
  context: { $id: string } & (
    | { contract: { deployments: Deployed[] } }
    | { eip712: { domain: { name: string; version: string }; deployments: Deployed[] } }
  )
  metadata: { owner: string; contractName: string; enums: Record<string, Record<string, string>> }
  display: { formats: Record<string, Format> }
}

const numbered = (names: readonly string[]) => Object.fromEntries(names.map((name, at) => [String(at), name]))

const enums = {
  kind: Object.fromEntries(orderKinds.map(({ label }, at) => [String(at), label]).slice(1)),
  status: numbered(['None', 'Pending', 'Verified', 'Suspended', 'Revoked']),
  scope: numbered(['Identity', 'Tier', 'Firm']),
  window: numbered(['Per transfer', '24 hours', '30 days', 'Balance']),
  roles: Object.fromEntries(
    Array.from({ length: 2 ** roleBits.length }, (_, word) => [
      String(word),
      roleBits.filter((_, bit) => (word >> bit) & 1).join(', ') || 'none',
    ]),
  ),
}

type Shown = Omit<Field, 'path'>
const raw = (label: string): Shown => ({ label, format: 'raw' })
const address = (label: string, ...types: string[]): Shown => ({
  label,
  format: 'addressName',
  params: { types },
})
const date = (label: string): Shown => ({ label, format: 'date', params: { encoding: 'timestamp' } })
const oneOf = (label: string, name: keyof typeof enums): Shown => ({
  label,
  format: 'enum',
  params: { $ref: `$.metadata.enums.${name}` },
})
const units = (label: string): Shown => ({ label, format: 'tokenAmount', params: { tokenPath: 'target' } })

/** By member, or by 'Kind.member' where a kind means something else by the name. */
const shown: Record<string, Shown> = {
  account: address('Account', 'wallet', 'eoa', 'contract'),
  amount: units('Amount'),
  cap: raw('Cap'),
  compliance: address('New compliance', 'contract'),
  country: raw('Country (ISO 3166-1 number)'),
  delegate: address('Delegate', 'wallet', 'eoa', 'contract'),
  denominator: raw('Rate, denominator'),
  evidence: raw('Hash of the evidence'),
  expiresAt: date('Ends'),
  expiry: date('Valid until'),
  flagged: raw('Flagged by screening'),
  from: address('From', 'wallet', 'eoa', 'contract'),
  identity: address('Identity', 'wallet', 'eoa', 'contract'),
  implementation: address('New code', 'contract'),
  instrument: address('Instrument', 'token'),
  issuer: address('Issuer of claims', 'contract'),
  kind: oneOf('Kind of order', 'kind'),
  limit: raw('Limit, in 0.01 of the reference currency'),
  listed: raw('On the list'),
  lost: address('Lost account', 'wallet', 'eoa', 'contract'),
  numerator: raw('Rate, numerator'),
  person: raw('Person'),
  principal: address('Principal', 'wallet', 'eoa', 'contract'),
  replacement: address('Replacement', 'wallet', 'eoa', 'contract'),
  required: raw('Required'),
  reviewBy: date('Review by'),
  roles: oneOf('Roles', 'roles'),
  scope: oneOf('Scope', 'scope'),
  signatures: raw('Signatures'),
  startsAt: date('Starts'),
  status: oneOf('Status', 'status'),
  subject: raw('Subject'),
  tier: raw('Tier'),
  to: address('To', 'wallet', 'eoa', 'contract'),
  topic: raw('Topic of claims'),
  trusted: raw('Trusted'),
  until: date('Until'),
  window: oneOf('Window', 'window'),
  // The target is a module there, not the token.
  'Preapprove.amount': raw('Amount, in the smallest unit'),
  'SetSupplyCap.cap': raw('Cap of the supply, in the smallest unit'),
  'SetHolderCap.cap': raw('Cap of the holders'),
}

function fieldOf(kind: string, name: string): Shown {
  const field = shown[`${kind}.${name}`] ?? shown[name]
  if (!field) throw new Error(`A wallet would not know how to show ${name} of ${kind}`)
  return field
}

/** The end of a measure may be none: no date, which a wallet could only choke on. The number is shown beside the date. */
function fieldsOf(kind: string, name: string): Field[] {
  const field = { path: `action.${name}`, ...fieldOf(kind, name) }
  if (name !== 'expiresAt' || (kind !== 'Freeze' && kind !== 'Pause')) return [field]
  const seconds = { path: field.path, ...raw(`Ends, in seconds; ${untilLifted} is until lifted`) }
  return [{ ...field, visible: { ifNotIn: [String(untilLifted)] } }, seconds]
}

/** What every order has, of which `at` is the path to its members, with its dot. */
const frame = (at: string): { head: Field[]; tail: Field[] } => ({
  head: [{ path: `${at}target`, ...address('Acts on', 'contract', 'token') }],
  tail: [
    { path: `${at}reason`, ...raw('Reason code') },
    { path: `${at}legalRef`, ...raw('Hash of the legal reference') },
    { path: `${at}proposer`, ...address('Proposer', 'wallet', 'eoa', 'contract') },
    { path: `${at}nonce`, ...raw('Nonce') },
    { path: `${at}deadline`, ...date('Deadline') },
  ],
})

const list = (members: readonly Member[]) => members.map(({ type, name }) => `${type} ${name}`).join(',')
const orderTail = 'bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline'
const orderTuple = `(uint8 kind,address target,bytes arguments,${orderTail}) order`

function typedFormat(kind: number): [string, Format] {
  const name = orderKinds[kind]!.kind
  const { head, tail } = frame('')
  const action = membersOf(kind).flatMap((member) => fieldsOf(name, member.name))
  const key = `${name}Order(address target,${name} action,${orderTail})${name}(${list(membersOf(kind))})`
  return [key, { intent: `Propose: ${kindLabel(kind)}`, fields: [...head, ...action, ...tail] }]
}

function callFormat(intent: string, ...extra: Field[]): Format {
  const { head, tail } = frame('order.')
  const what: Field[] = [
    { path: 'order.kind', ...oneOf('Kind of order', 'kind') },
    ...head,
    { path: 'order.arguments', ...raw('Arguments, as the proposal shows them') },
  ]
  return { intent, fields: [...what, ...tail, ...extra] }
}

const about = { owner: 'Plimsoll', contractName: 'Orders', enums }

/** The messages that proposers sign. */
export const typedDataDescriptor = (deployments: Deployed[]): Descriptor => ({
  $schema: schema,
  context: {
    $id: 'Plimsoll orders, proposed',
    eip712: { domain: { name: 'Plimsoll Orders', version: '1' }, deployments },
  },
  metadata: about,
  display: { formats: Object.fromEntries(orderKinds.slice(1).map((_, at) => typedFormat(at + 1))) },
})

/** The transactions that carry orders out, take them back and refuse them. */
export const callDescriptor = (deployments: Deployed[]): Descriptor => ({
  $schema: schema,
  context: { $id: 'Plimsoll orders, decided', contract: { deployments } },
  metadata: { ...about, enums: { kind: enums.kind } },
  display: {
    formats: {
      [`execute(${orderTuple},bytes proposerSignature)`]: callFormat('Carry out an order'),
      [`cancel(${orderTuple})`]: callFormat('Take an order back'),
      [`reject(${orderTuple},bytes proposerSignature,bytes32 reason)`]: callFormat('Reject an order', {
        path: 'reason',
        ...raw('Reason for rejecting'),
      }),
    },
  },
})

/** File names in contracts/clear-signing, and what stands in them. */
export const clearSigningFiles = (deployments: Deployed[] = []): Record<string, Descriptor> => ({
  'eip712-plimsoll-orders.json': typedDataDescriptor(deployments),
  'calldata-plimsoll-orders.json': callDescriptor(deployments),
})
