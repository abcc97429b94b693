import type { OrderKind } from '@/lib/chain/orders'

/** What people, officers and time may do, in small numbers that the ledger of the test gives a meaning. */
export type Act = MovingAct | OrderAct | OutsideAct | { act: 'wait'; seconds: number }

type Pair = { instrument: number; from: number; to: number; amount: bigint }

export type MovingAct =
  | ({ act: 'transfer' | 'transferFrom' } & Pair)
  | { act: 'mint'; instrument: number; to: number; amount: bigint }
  | { act: 'burn'; instrument: number; from: number; amount: bigint }
  /** All or nothing. `whose`: who sends of a batch of transfers. */
  | { act: 'batch'; of: BatchCause; instrument: number; whose: number; entries: Entry[] }

export type BatchCause = 'transfer' | 'mint' | 'burn'
export type Entry = { account: number; amount: bigint }

/** Times are seconds from the act on; `lasts` 0 says: until lifted. `two`: a second person confirms it. */
export type OrderAct =
  | { act: 'DecideKyc'; identity: number; status: number; tier: number; lasts: number }
  | { act: 'SetLimit'; scope: number; subject: number; window: number; limit: bigint }
  | { act: 'SetRate'; instrument: number; numerator: bigint; denominator: bigint }
  | { act: 'SetScreening'; identity: number; flagged: boolean; two: boolean }
  | { act: 'SetCountry'; identity: number; country: number }
  | { act: 'Freeze'; instrument: number; account: number; lasts: number; review: number; two: boolean }
  | { act: 'Unfreeze'; instrument: number; account: number }
  | { act: 'FreezeAmount'; instrument: number; account: number; amount: bigint }
  | { act: 'Pause'; instrument: number; lasts: number; review: number; two: boolean }
  | { act: 'Unpause'; instrument: number }
  | ({ act: 'ForcedTransfer' } & Pair)
  | { act: 'Recover'; instrument: number; lost: number; replacement: number; identity: number }
  | { act: 'SetCountryRule'; instrument: number; country: number; listed: boolean }
  | { act: 'SetSupplyCap' | 'SetHolderCap'; cap: bigint }
  /** Followed at once by as many transfers as it is used for; only the first of them is approved. */
  | { act: 'Preapprove'; from: number; to: number; amount: bigint; lasts: number; uses: number }
  | { act: 'SetTrustedIssuer'; issuer: number; topic: number; trusted: boolean }
  | { act: 'SetClaimTopic'; topic: number; required: boolean }

/** What no order does: a firm's registrar, an identity's own claims, and what its issuer says of them. */
export type OutsideAct =
  | { act: 'register'; account: number; identity: number }
  | { act: 'show'; identity: number; issuer: number; topic: number; shown: boolean }
  | { act: 'judge'; identity: number; issuer: number; topic: number; valid: boolean }

/** Kinds of order that change who signs or which code runs; nothing here may lose its officers or its instrument. */
type Left = 'SetRoles' | 'SetSignatures' | 'Delegate' | 'SetCompliance' | 'Upgrade'
/** Refuses to compile if a kind of order is neither played nor left out on purpose. */
export const played: Record<Exclude<OrderKind, Left>, true> & Record<OrderAct['act'], true> = {
  ...{ DecideKyc: true, SetLimit: true, SetRate: true, SetScreening: true, SetCountry: true },
  ...{ Freeze: true, Unfreeze: true, FreezeAmount: true, Pause: true, Unpause: true },
  ...{ ForcedTransfer: true, Recover: true, SetCountryRule: true, SetSupplyCap: true, SetHolderCap: true },
  ...{ Preapprove: true, SetTrustedIssuer: true, SetClaimTopic: true },
}

/** With a key; the two after them have none and may be registered by and by; the last never is. */
export const keyed = 6
export const spares = 2
export const accounts = keyed + spares + 1
export const identities = 4
/**
 * The euro has a list of refused countries and both caps, the pound one of allowed countries, the bond pre-approval;
 * the note waits for its rate.
 */
export const [euro, pound, bond, note] = [0, 1, 2, 3] as const
export const issuers = 2
export const topics = 2
export const countries = [826, 250, 276, 643] as const
