import type { Address, Hex } from 'viem'
import type { AccountHolder, AccountRow } from '../db/ledger/account'
import type { AnchorEntryRow } from '../db/ledger/anchor-entry'
import type { ComplianceModuleRow, InstrumentComplianceRow } from '../db/ledger/compliance'
import type { DelegationRow } from '../db/ledger/delegation'
import type { FirmRow } from '../db/ledger/firm'
import type { FlowRow } from '../db/ledger/flow'
import type { FreezeRow, FrozenAmountRow } from '../db/ledger/freeze'
import type { IdentityRow, KycDecisionRow } from '../db/ledger/identity'
import type { InstrumentEventRow, UnknownEventRow } from '../db/ledger/instrument-event'
import type { LimitChangeRow } from '../db/ledger/limit'
import type { MeasureRow, PauseRow } from '../db/ledger/measure'
import type { CountryRuleRow, ModuleCapRow, PreapprovalRow } from '../db/ledger/module'
import type { OrderOutcomeRow } from '../db/ledger/order-outcome'
import type { RateRow } from '../db/ledger/rate'
import type { RefusedTransferRow } from '../db/ledger/refused-transfer'
import type { RoleGrantRow } from '../db/ledger/role-grant'
import type { CountryChangeRow, ScreeningRow } from '../db/ledger/standing'
import type { Touched, TransferRow } from '../db/ledger/transfer'
import type { ClaimTopicRow, TrustedIssuerRow } from '../db/ledger/trust'
import type { UpgradeRow } from '../db/ledger/upgrade'
import type { Watch } from './watch'

/** A log with the time of its block, as collectors read it. */
export type PlacedLog = {
  blockNumber: bigint
  /** UNIX seconds. */
  time: bigint
  transactionHash: Hex
  transactionIndex: number
  logIndex: number
  address: Address
  topics: readonly Hex[]
  data: Hex
}

/** A reverted transaction, with what a replay of it returned. */
export type RevertedCall = {
  blockNumber: bigint
  time: bigint
  hash: Hex
  index: number
  from: Address
  to: Address
  input: Hex
  revert: Revert | null
}

/** `data` null: the node would not say. `note` is the node's own word, e.g. "out of gas". */
export type Revert = { data: Hex | null; note: string }

/** What is stored and needed to decide; grows while a batch is reduced. */
export type Known = {
  accounts: Map<Address, AccountHolder>
  identities: Map<Address, number>
  /** Keyed by holdingKey; absent is zero. */
  balances: Map<string, bigint>
  /** What is frozen of holdings whose contracts tell changes only. Keyed alike; absent is zero. */
  frozen: Map<string, bigint>
  /** What instruments of others had issued before the batch. */
  supplies: Map<Address, bigint>
}

/** Which stored records a batch will ask for. */
export type Wanted = {
  accounts: Set<Address>
  identities: Set<Address>
  holdings: Map<string, Touched>
  frozen: Map<string, Touched>
  supplies: Set<Address>
}

export type Rows = {
  firms: FirmRow[]
  identities: IdentityRow[]
  accounts: AccountRow[]
  decisions: KycDecisionRow[]
  transfers: TransferRow[]
  refusals: RefusedTransferRow[]
  /** Holdings that moved, with the block of the last movement; the amount is in `known`. */
  movements: Map<string, Touched & { blockNumber: bigint }>
  supplies: Map<Address, bigint>
  freezes: FreezeRow[]
  frozenAmounts: FrozenAmountRow[]
  pauses: PauseRow[]
  measures: MeasureRow[]
  screenings: ScreeningRow[]
  countryChanges: CountryChangeRow[]
  trustedIssuers: TrustedIssuerRow[]
  claimTopics: ClaimTopicRow[]
  compliances: InstrumentComplianceRow[]
  modules: ComplianceModuleRow[]
  countryRules: CountryRuleRow[]
  moduleCaps: ModuleCapRow[]
  preapprovals: PreapprovalRow[]
  upgrades: UpgradeRow[]
  limitChanges: LimitChangeRow[]
  flows: Map<string, FlowRow>
  rates: RateRow[]
  outcomes: OrderOutcomeRow[]
  grants: RoleGrantRow[]
  delegations: DelegationRow[]
  anchors: AnchorEntryRow[]
  instrumentEvents: InstrumentEventRow[]
  unknownEvents: UnknownEventRow[]
}

export type Draft = {
  watch: Watch
  known: Known
  rows: Rows
  /** The order that was executed last. What it made others say comes behind it, in the same transaction. */
  order: { transactionHash: Hex; id: Hex } | null
  /** What that order took off frozen amounts so far, by transaction and holding. */
  unfrozen: Map<string, bigint>
  /** Reasons of movements that a contract of others gave before it moved, by transaction, instrument and sender. */
  causes: Map<string, { cause: 'forced' | 'recovery'; to: Address | null }>
}

export const holdingKey = (instrument: Address, account: Address) => instrument + account

/** The order behind a log of a contract that only orders can move to say it; null if there was none. */
export const orderBehind = ({ order }: Draft, log: PlacedLog): Hex | null =>
  order?.transactionHash === log.transactionHash ? order.id : null

/** Block, log index and time, as every row of a history begins. */
export const placeOf = ({ blockNumber, logIndex, time }: PlacedLog) => ({ blockNumber, logIndex, time })

export const emptyWanted = (): Wanted => ({
  accounts: new Set(),
  identities: new Set(),
  holdings: new Map(),
  frozen: new Map(),
  supplies: new Set(),
})

export const emptyRows = (): Rows => ({
  firms: [],
  identities: [],
  accounts: [],
  decisions: [],
  transfers: [],
  refusals: [],
  movements: new Map(),
  supplies: new Map(),
  freezes: [],
  frozenAmounts: [],
  pauses: [],
  measures: [],
  screenings: [],
  countryChanges: [],
  trustedIssuers: [],
  claimTopics: [],
  compliances: [],
  modules: [],
  countryRules: [],
  moduleCaps: [],
  preapprovals: [],
  upgrades: [],
  limitChanges: [],
  flows: new Map(),
  rates: [],
  outcomes: [],
  grants: [],
  delegations: [],
  anchors: [],
  instrumentEvents: [],
  unknownEvents: [],
})
