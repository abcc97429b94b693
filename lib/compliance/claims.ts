import type { Address } from 'viem'

/** Whose claims count, and what stands at issuers and identities at one moment. Nothing of it is remembered. */
export type Trust = {
  topics: ReadonlySet<bigint>
  issuersFor: (topic: bigint) => Iterable<Address>
  /** The identity shows this claim and its issuer calls it valid. */
  holds: (identity: Address, issuer: Address, topic: bigint) => boolean
}

/** For each required topic a valid claim of one of the issuers trusted with it; where none is required, always. */
export const hasClaims = (identity: Address, { topics, issuersFor, holds }: Trust): boolean =>
  [...topics].every((topic) => [...issuersFor(topic)].some((issuer) => holds(identity, issuer, topic)))
