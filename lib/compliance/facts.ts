import type { Address, Hex } from 'viem'
import type { Bucket, Rate, Window } from './limits'

/**
 * What the rules of the ledger read. Anybody may fill it: from the register for a preview, or from acts to hold the
 * contracts against. Addresses are in lower case throughout; times are UNIX seconds of the block, amounts the
 * smallest unit of the instrument.
 */
export type Facts = {
  now: bigint
  policy: Address
  complianceOf: (instrument: Address) => Address
  /** What that compliance asks, in its order. */
  rulesOf: (instrument: Address) => readonly Rule[]
  pausedUntil: (instrument: Address) => bigint
  standing: (account: Address) => Standing | undefined
  holding: (instrument: Address, account: Address) => Holding
  supplyOf: (instrument: Address) => bigint
  /** How many identities hold more than nothing. */
  holdersOf: (instrument: Address) => bigint
  heldBy: (identity: Address, instrument: Address) => bigint
  /** All instruments with a rate. */
  rates: ReadonlyMap<Address, Rate>
  /** Undefined: nobody stated one. */
  limit: (scope: 'identity' | 'tier' | 'firm', subject: Hex, window: Window) => bigint | undefined
  sentBy: (scope: 'identity' | 'firm', subject: Hex) => readonly Bucket[]
}

export type Standing = {
  identity: Address
  firm: number
  country: number
  status: number
  tier: number
  /** Exclusive. */
  expiry: bigint
  flagged: boolean
  /** It has, now, a valid claim of a trusted issuer for each required topic. */
  claimed: boolean
}

/** The modules of contracts/src/modules, and the limit policy, as one compliance asks them. */
export type Rule = { module: Address } & (
  | { kind: 'limits' }
  | { kind: 'countries'; allows: boolean; listed: ReadonlySet<number> }
  | { kind: 'supply-cap' | 'holder-cap'; cap: bigint }
  /** `until`: when the approval of exactly this movement lapses, exclusive; 0: there is none. */
  | { kind: 'preapproval'; until: (from: Address, to: Address, amount: bigint) => bigint }
)

/** Until when all of it is frozen (exclusive; 0: not), and how much is whatever the time. */
export type Holding = { balance: bigint; frozen: bigint; frozenUntil: bigint }

export type Cause = 'transfer' | 'mint' | 'burn'
export type Movement = { cause: Cause; instrument: Address; from: Address; to: Address; amount: bigint }

/** IVerdict: the headroom is the largest amount that the check that speaks would let pass. */
export type ModelVerdict = { code: number; module: Address; headroom: bigint; subject: Hex }

export const nobody: Address = '0x0000000000000000000000000000000000000000'

/** A subject as the contracts write it: an address in the low 20 bytes, or a number. */
export const word = (subject: Address | number): Hex =>
  `0x${(typeof subject === 'number' ? subject.toString(16) : subject.slice(2)).padStart(64, '0')}`

/** The largest uint256: nothing binds. */
export const most = 2n ** 256n - 1n
