import { type Address, type Hex, parseAbiParameters } from 'viem'

/**
 * The kinds of order as contracts/src/interfaces/IOrders.sol lists them. Position is IOrders.Kind; 0 is None. What wallets
 * show (contracts/clear-signing) is generated from this table; the browser's second decoder has its own on purpose.
 */
export const orderKinds = [
  { kind: 'None', label: 'None', target: 'none', members: [] },
  {
    kind: 'DecideKyc',
    label: 'KYC decision',
    target: 'registry',
    members: parseAbiParameters(
      'address identity, uint8 status, uint8 tier, uint64 expiry, bytes32 evidence',
    ),
  },
  {
    kind: 'SetLimit',
    label: 'Limit change',
    target: 'policy',
    members: parseAbiParameters('uint8 scope, bytes32 subject, uint8 window, uint256 limit'),
  },
  {
    kind: 'SetRate',
    label: 'Rate change',
    target: 'policy',
    members: parseAbiParameters('address instrument, uint128 numerator, uint128 denominator'),
  },
  {
    kind: 'Freeze',
    label: 'Freeze',
    target: 'instrument',
    members: parseAbiParameters('address account, uint64 reviewBy, uint64 expiresAt'),
  },
  {
    kind: 'Unfreeze',
    label: 'Unfreeze',
    target: 'instrument',
    members: parseAbiParameters('address account'),
  },
  {
    kind: 'SetRoles',
    label: 'Role change',
    target: 'roles',
    members: parseAbiParameters('address account, bytes32 person, uint256 roles'),
  },
  {
    kind: 'SetSignatures',
    label: 'Change of signatures',
    target: 'orders',
    members: parseAbiParameters('uint8 kind, uint8 signatures'),
  },
  {
    kind: 'Pause',
    label: 'Pause',
    target: 'instrument',
    members: parseAbiParameters('address instrument, uint64 reviewBy, uint64 expiresAt'),
  },
  {
    kind: 'Unpause',
    label: 'End of a pause',
    target: 'instrument',
    members: parseAbiParameters('address instrument'),
  },
  {
    kind: 'FreezeAmount',
    label: 'Partial freeze',
    target: 'instrument',
    members: parseAbiParameters('address account, uint256 amount'),
  },
  {
    kind: 'ForcedTransfer',
    label: 'Forced transfer',
    target: 'instrument',
    members: parseAbiParameters('address from, address to, uint256 amount'),
  },
  {
    kind: 'Recover',
    label: 'Recovery',
    target: 'instrument',
    members: parseAbiParameters('address lost, address replacement, address identity'),
  },
  {
    kind: 'SetCountryRule',
    label: 'Country rule',
    target: 'module',
    members: parseAbiParameters('uint16 country, bool listed'),
  },
  { kind: 'SetSupplyCap', label: 'Supply cap', target: 'module', members: parseAbiParameters('uint256 cap') },
  { kind: 'SetHolderCap', label: 'Holder cap', target: 'module', members: parseAbiParameters('uint256 cap') },
  {
    kind: 'Preapprove',
    label: 'Pre-approval',
    target: 'module',
    members: parseAbiParameters('address from, address to, uint256 amount, uint64 expiresAt'),
  },
  {
    kind: 'SetScreening',
    label: 'Screening',
    target: 'registry',
    members: parseAbiParameters('address identity, bool flagged'),
  },
  {
    kind: 'SetTrustedIssuer',
    label: 'Trusted issuer',
    target: 'registry',
    members: parseAbiParameters('address issuer, uint256 topic, bool trusted'),
  },
  {
    kind: 'SetClaimTopic',
    label: 'Claim topic',
    target: 'registry',
    members: parseAbiParameters('uint256 topic, bool required'),
  },
  {
    kind: 'Delegate',
    label: 'Delegation',
    target: 'roles',
    members: parseAbiParameters('address principal, address delegate, uint64 startsAt, uint64 until'),
  },
  {
    kind: 'SetCompliance',
    label: 'Change of compliance',
    target: 'instrument',
    members: parseAbiParameters('address compliance'),
  },
  {
    kind: 'Upgrade',
    label: 'Upgrade',
    target: 'instrument',
    members: parseAbiParameters('address implementation'),
  },
  {
    kind: 'SetCountry',
    label: 'Change of country',
    target: 'registry',
    members: parseAbiParameters('address identity, uint16 country'),
  },
] as const

/**
 * What an order does, one shape a kind. uint8 and uint16 members are numbers, wider ones bigint; addresses in lower case.
 * Times are UNIX seconds; the largest uint64 as an end says "until lifted". Amounts in the instrument's smallest unit.
 */
export type OrderAction =
  | { kind: 'DecideKyc'; identity: Address; status: number; tier: number; expiry: bigint; evidence: Hex }
  | { kind: 'SetLimit'; scope: number; subject: Hex; window: number; limit: bigint }
  | { kind: 'SetRate'; instrument: Address; numerator: bigint; denominator: bigint }
  | { kind: 'Freeze'; account: Address; reviewBy: bigint; expiresAt: bigint }
  | { kind: 'Unfreeze'; account: Address }
  | { kind: 'SetRoles'; account: Address; person: Hex; roles: bigint }
  | { kind: 'SetSignatures'; ofKind: number; signatures: number }
  | { kind: 'Pause'; instrument: Address; reviewBy: bigint; expiresAt: bigint }
  | { kind: 'Unpause'; instrument: Address }
  | { kind: 'FreezeAmount'; account: Address; amount: bigint }
  | { kind: 'ForcedTransfer'; from: Address; to: Address; amount: bigint }
  | { kind: 'Recover'; lost: Address; replacement: Address; identity: Address }
  | { kind: 'SetCountryRule'; country: number; listed: boolean }
  | { kind: 'SetSupplyCap'; cap: bigint }
  | { kind: 'SetHolderCap'; cap: bigint }
  | { kind: 'Preapprove'; from: Address; to: Address; amount: bigint; expiresAt: bigint }
  | { kind: 'SetScreening'; identity: Address; flagged: boolean }
  | { kind: 'SetTrustedIssuer'; issuer: Address; topic: bigint; trusted: boolean }
  | { kind: 'SetClaimTopic'; topic: bigint; required: boolean }
  | { kind: 'Delegate'; principal: Address; delegate: Address; startsAt: bigint; until: bigint }
  | { kind: 'SetCompliance'; compliance: Address }
  | { kind: 'Upgrade'; implementation: Address }
  | { kind: 'SetCountry'; identity: Address; country: number }

export type OrderKind = OrderAction['kind']

export type Member = { name: string; type: string }

export const membersOf = (kind: number) => orderKinds[kind]!.members as readonly Member[]

export const kindNumber = (kind: OrderKind): number => orderKinds.findIndex((each) => each.kind === kind)

/** @throws on a number that is no kind: such an order cannot have been prepared here. */
export function kindName(kind: number): OrderKind {
  const name = orderKinds[kind]?.kind
  if (name === undefined || name === 'None') throw new Error(`No order is of kind ${kind}`)
  return name
}

/** 'Limit change' */
export const kindLabel = (kind: number): string => orderKinds[kind]?.label ?? `Kind ${kind}`

/** The end of a measure that stands until it is lifted. */
export const untilLifted = 2n ** 64n - 1n

/** Bits of a roles word, as contracts/src/Roles.sol labels them. */
export const roleBits = ['administrator', 'officer', 'approver', 'registrar', 'issuer', 'anchor'] as const
