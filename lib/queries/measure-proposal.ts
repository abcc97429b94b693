import 'server-only'
import type { Address } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import { isCustomerKind, isInstrumentKind, isSuiteKind, type MeasureKind } from '@/lib/compliance/measures'
import { listAccounts } from '@/lib/db/account'
import { listBalances } from '@/lib/db/balance'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { listFrozen, listFrozenAmounts } from '@/lib/db/freeze'
import { findIdentity } from '@/lib/db/identity'
import { listInstruments } from '@/lib/db/instrument'
import { listSigners } from '@/lib/db/order-signer'
import { listPaused } from '@/lib/db/pause'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { countryName } from '@/lib/format/country'
import { type AsOf, getAsOf } from './as-of'
import { type Controls, controlsOf } from './control-proposal'
import { refusePage } from './refuse-page'

/** What the form is about and begins with. */
export type MeasureProposalSearch = Readonly<Record<string, string | undefined>>

/** How one account stands in one instrument. Amounts in the smallest unit, as decimal text; times ISO 8601. */
export type HoldingRow = {
  account: string
  instrument: string
  symbol: string
  decimals: number
  balance: string
  frozenAmount: string
  frozen: boolean
  /** Of a freeze; null: until lifted. */
  until: string | null
}

export type MeasureProposalPage = {
  asOf: AsOf
  kind: MeasureKind
  hasWallet: boolean
  instruments: { address: string; symbol: string; name: string; decimals: number }[]
  /** What the form begins with. */
  account: string
  instrument: string
  /** Of kinds that concern a customer; else null. */
  customer: {
    identity: string
    name: string
    firmName: string | null
    flagged: boolean
    country: string
    accounts: string[]
    holdings: HoldingRow[]
  } | null
  /** Of kinds that concern an instrument; else null. */
  subject: { address: string; symbol: string; name: string; paused: boolean; until: string | null } | null
} & Controls

const nobody = refuse('not-found', 'There is nothing to propose this for.').refusal
const notProposer = refuse('not-permitted', 'Your role does not propose orders.').refusal

/** The form for one kind of measure; what it is about stands in the URL. */
export async function getMeasureProposalPage(
  officer: Officer,
  search: MeasureProposalSearch,
): Promise<Result<MeasureProposalPage>> {
  const about = `measure ${search.kind ?? ''}`
  if (!may(officer, 'propose:measure')) return refusePage(officer, about, notProposer)
  const page = await withSnapshot(officer, (tx) => read(tx, officer, search))
  return page ? accept(page) : refusePage(officer, about, nobody)
}

async function read(
  tx: Tx,
  officer: Officer,
  search: MeasureProposalSearch,
): Promise<MeasureProposalPage | undefined> {
  const kind = search.kind ?? ''
  if (!isCustomerKind(kind) && !isInstrumentKind(kind) && !isSuiteKind(kind)) return undefined
  const asOf = await getAsOf(tx)
  const { chainId } = asOf
  const instruments = (await listInstruments(tx, chainId)).filter(({ standard }) => standard === 'plimsoll')
  const wanted = parseAddress(search.instrument ?? '')
  const instrument = instruments.find(({ address }) => address === wanted)
  const customer = isCustomerKind(kind) ? await findSubject(tx, asOf, search.identity, instruments) : null
  if (isCustomerKind(kind) ? !customer : isInstrumentKind(kind) && !instrument) return undefined
  const account = customer?.accounts.find((each) => each === parseAddress(search.account ?? ''))
  return {
    asOf,
    kind,
    hasWallet: (await listSigners(tx, chainId, officer.personId)).length > 0,
    instruments: instruments.map(({ address, symbol, name, decimals }) => ({
      address,
      symbol,
      name,
      decimals,
    })),
    account: account ?? customer?.accounts[0] ?? '',
    instrument: instrument?.address ?? customer?.holdings[0]?.instrument ?? instruments[0]?.address ?? '',
    customer: customer ?? null,
    subject: isInstrumentKind(kind) && instrument ? await subjectOf(tx, asOf, instrument) : null,
    ...(await controlsOf(tx, asOf, kind, { ...search, instrument: instrument?.address })),
  }
}

type Instrument = { address: Address; symbol: string; name: string; decimals: number }

async function subjectOf(tx: Tx, asOf: AsOf, { address, symbol, name }: Instrument) {
  const paused = (await listPaused(tx, asOf.chainId, new Date(asOf.time))).find(
    (each) => each.instrument === address,
  )
  return { address, symbol, name, paused: Boolean(paused), until: paused?.until?.toISOString() ?? null }
}

async function findSubject(
  tx: Tx,
  asOf: AsOf,
  text: string | undefined,
  instruments: readonly Instrument[],
): Promise<MeasureProposalPage['customer'] | undefined> {
  const { chainId } = asOf
  const address = parseAddress(text ?? '')
  const identity = address && (await findIdentity(tx, chainId, address))
  if (!identity) return undefined
  const accounts = (await listAccounts(tx, chainId, identity.address)).map((account) => account.address)
  return {
    identity: identity.address,
    name: identity.reference ?? identity.address,
    firmName: identity.firmName,
    flagged: identity.flagged,
    country: countryName(identity.country),
    accounts,
    holdings: await holdingsOf(tx, asOf, accounts, instruments),
  }
}

/** Only where there is something to say: units, a frozen amount or a freeze. */
async function holdingsOf(
  tx: Tx,
  { chainId, time }: AsOf,
  accounts: readonly Address[],
  instruments: readonly Instrument[],
): Promise<HoldingRow[]> {
  const balances = await listBalances(tx, chainId, accounts)
  const amounts = await listFrozenAmounts(tx, chainId, accounts)
  const freezes = await listFrozen(tx, chainId, accounts, new Date(time))
  return accounts.flatMap((account) =>
    instruments.flatMap(({ address: instrument, symbol, decimals }) => {
      const here = (row: { account: string; instrument: string }) =>
        row.account === account && row.instrument === instrument
      const balance = balances.find(here)?.amount ?? 0n
      const frozenAmount = amounts.find(here)?.amount ?? 0n
      const freeze = freezes.find(here)
      if (balance === 0n && frozenAmount === 0n && !freeze) return []
      return {
        account,
        instrument,
        symbol,
        decimals,
        balance: String(balance),
        frozenAmount: String(frozenAmount),
        frozen: Boolean(freeze),
        until: freeze?.until?.toISOString() ?? null,
      }
    }),
  )
}
