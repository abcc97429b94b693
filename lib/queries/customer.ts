import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { listAccounts } from '@/lib/db/account'
import { listBalances } from '@/lib/db/balance'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { listFrozen, listFrozenAmounts } from '@/lib/db/freeze'
import { findIdentity, type IdentityRecord } from '@/lib/db/identity'
import { listInstruments } from '@/lib/db/instrument'
import { listKycDecisions } from '@/lib/db/kyc-decision'
import { listMeasures } from '@/lib/db/measure'
import { listOrderPeople } from '@/lib/db/order-people'
import { listEnds } from '@/lib/db/watched-instrument'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { countryName } from '@/lib/format/country'
import { type Allowance, allowanceOf } from './allowance'
import { type AsOf, getChainPlace } from './as-of'
import { customerLedgers, type Ledgers } from './ledgers'
import type { LimitLine } from './limit-line'
import { type MeasureRow, measureRows } from './measure-row'
import { refusePage } from './refuse-page'
import { daysUntil, type Standing, standingOf } from './standing'
import { recentTransfers, type TransferRow } from './transfer-row'

export type CustomerPage = {
  asOf: AsOf
  identity: string
  reference: string | null
  name: string | null
  firm: { id: number; name: string }
  country: string
  standing: Standing
  /** Screening hit the customer: no account sends or receives. */
  flagged: boolean
  tier: number
  expiry: string | null
  /** Whole days from the block to the expiry, rounded down; negative once it has passed. */
  daysLeft: number | null
  evidence: string
  /** Block of registration. */
  since: string
  accounts: CustomerAccount[]
  /** Freezes of its accounts, newest first, those that are over too. */
  measures: MeasureRow[]
  /** One transfer, 24 hours, 30 days, balance. */
  limits: LimitLine[]
  /** The customer on each ledger, where there are several. */
  ledgers: Ledgers | null
  /** The most that may be sent now, and which limit binds; an instrument a row. */
  allowances: Allowance[]
  history: KycStep[]
  transfers: TransferRow[]
  refusals: TransferRow[]
  mayDecide: boolean
  mayPropose: boolean
  mayMeasure: boolean
}

export type CustomerAccount = {
  address: string
  since: string
  /** `watchedUntil`: the block as of which this stands, of an instrument that was let go. */
  holdings: { symbol: string; decimals: number; amount: string; watchedUntil: string | null }[]
  /** Symbols of the instruments in which it is frozen. */
  frozen: string[]
  frozenAmounts: { symbol: string; decimals: number; amount: string }[]
}

export type KycStep = {
  block: string
  time: string
  standing: Standing
  tier: number
  expiry: string | null
  /** Null where the reader may not know, or the order was not prepared here. */
  order: {
    reference: string | null
    reason: string | null
    proposer: string | null
    approver: string | null
  } | null
  orderId: string
}

const noSuchCustomer = refuse('not-found', 'There is no such customer in your view of the ledger.').refusal

/** @param text the identity's address as the page's address has it */
export async function getCustomerPage(officer: Officer, text: string): Promise<Result<CustomerPage>> {
  const address = parseAddress(text)
  const page = address && may(officer, 'read:ledger') && (await readCustomer(officer, address))
  return page ? accept(page) : refusePage(officer, `customer ${text}`, noSuchCustomer)
}

const readCustomer = (officer: Officer, address: string): Promise<CustomerPage | undefined> =>
  withSnapshot(officer, async (tx) => {
    const { chainId } = env()
    const identity = await findIdentity(tx, chainId, address)
    if (!identity || (officer.firmId !== null && identity.firmId !== officer.firmId)) return undefined
    const { asOf, finalBlock } = await getChainPlace(tx)
    const now = new Date(asOf.time)
    const accounts = await accountsOf(tx, address, now)
    const timeline = {
      chainId,
      ownFirm: officer.firmId,
      accounts: accounts.map((account) => account.address),
      finalBlock,
    }
    return {
      asOf,
      ...headOf(identity, now),
      accounts,
      measures: await measuresOf(tx, officer, accounts, now),
      ...(await allowanceOf(tx, identity, chainId)),
      ledgers: await customerLedgers(tx, identity),
      history: await historyOf(tx, address, officer.side === 'authority'),
      ...(await recentTransfers(tx, timeline)),
      mayDecide: may(officer, 'propose:kyc'),
      mayPropose: may(officer, 'propose:limit'),
      mayMeasure: may(officer, 'propose:measure'),
    }
  })

const headOf = (identity: IdentityRecord, now: Date) => ({
  identity: identity.address,
  reference: identity.reference,
  name: identity.name,
  firm: { id: identity.firmId, name: identity.firmName ?? `Firm ${identity.firmId}` },
  country: countryName(identity.country),
  standing: standingOf(identity.status, identity.expiry, now),
  flagged: identity.flagged,
  tier: identity.tier,
  expiry: identity.expiry?.toISOString() ?? null,
  daysLeft: identity.expiry && daysUntil(identity.expiry, now),
  evidence: identity.evidence,
  since: identity.blockNumber.toString(),
})

async function accountsOf(
  tx: Tx,
  identity: string,
  now: Date,
): Promise<(CustomerAccount & { address: `0x${string}` })[]> {
  const { chainId } = env()
  const accounts = await listAccounts(tx, chainId, identity)
  const addresses = accounts.map(({ address }) => address)
  const balances = await listBalances(tx, chainId, addresses)
  const frozen = await listFrozen(tx, chainId, addresses, now)
  const amounts = await listFrozenAmounts(tx, chainId, addresses)
  const instruments = new Map((await listInstruments(tx, chainId)).map((one) => [one.address, one]))
  const ends = await listEnds(tx, chainId)
  const symbolOf = (instrument: `0x${string}`) => instruments.get(instrument)?.symbol ?? instrument
  const unitsOf = ({ instrument, amount }: { instrument: `0x${string}`; amount: bigint }) => ({
    symbol: symbolOf(instrument),
    decimals: instruments.get(instrument)?.decimals ?? 0,
    amount: amount.toString(),
    watchedUntil: ends.get(instrument)?.toString() ?? null,
  })
  return accounts.map(({ address, blockNumber }) => ({
    address,
    since: blockNumber.toString(),
    holdings: balances.filter(({ account }) => account === address).map(unitsOf),
    frozenAmounts: amounts.filter(({ account }) => account === address).map(unitsOf),
    frozen: frozen.filter(({ account }) => account === address).map(({ instrument }) => symbolOf(instrument)),
  }))
}

const longestMeasures = 20

async function measuresOf(
  tx: Tx,
  officer: Officer,
  accounts: readonly { address: string }[],
  now: Date,
): Promise<MeasureRow[]> {
  const found = []
  for (const { address } of accounts) {
    const filter = { chainId: env().chainId, now, subject: address, take: longestMeasures }
    found.push(...(await listMeasures(tx, filter)))
  }
  const newest = found.toSorted((a, b) => Number(b.blockNumber - a.blockNumber) || b.logIndex - a.logIndex)
  return measureRows(tx, officer, newest.slice(0, longestMeasures))
}

const longestHistory = 50

async function historyOf(tx: Tx, identity: string, names: boolean): Promise<KycStep[]> {
  const { chainId } = env()
  const decisions = await listKycDecisions(tx, chainId, identity, longestHistory)
  const people = await listOrderPeople(
    tx,
    chainId,
    decisions.map(({ orderId }) => orderId),
    names,
  )
  return decisions.map(({ blockNumber, time, status, tier, expiry, orderId }) => {
    const order = people.find((one) => one.orderId === orderId)
    return {
      block: blockNumber.toString(),
      time: time.toISOString(),
      standing:
        standingOf(status, expiry, time) === 'expiring' ? 'verified' : standingOf(status, expiry, time),
      tier,
      expiry: expiry?.toISOString() ?? null,
      order: order ? { ...order } : null,
      orderId,
    }
  })
}
