import type { Customer } from './customers'
import type { InstrumentIndex } from './instruments'

/** A place in the plan's customers, and which of the customer's accounts. */
export type Party = { customer: number; account: 0 | 1 }

export type PlannedTransfer = {
  time: number
  from: Party
  to: Party | 'stranger'
  instrument: InstrumentIndex
  units: bigint
  /** Null where the ledger must settle it, else why we expect a refusal. */
  refusedFor: string | null
}

export type PlannedCustomer = Customer & {
  tier: 1 | 2 | 3
  /** How KYC stands when the history ends. */
  ending: 'verified' | 'pending' | 'suspended' | 'expired' | 'expiring'
  /** UNIX seconds, exclusive. */
  expiry: number
}

export type WorldPlan = {
  seed: string
  /** UNIX seconds; `start` is when customers are taken on, `end` when live traffic takes over. */
  start: number
  end: number
  customers: PlannedCustomer[]
  transfers: PlannedTransfer[]
  /** Opening balances to mint before the first transfer. */
  openings: { party: Party; instrument: InstrumentIndex; units: bigint }[]
}
