import 'server-only'
import type { Address } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import { standardName } from '@/lib/chain/adapters/all'
import { listHolders } from '@/lib/db/balance'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { type InstrumentRecord, listInstruments } from '@/lib/db/instrument'
import { listMeasures } from '@/lib/db/measure'
import { listCountryRules, listInstrumentModules } from '@/lib/db/module'
import { listOrdersAbout } from '@/lib/db/order-concerning'
import { listPaused } from '@/lib/db/pause'
import { listRates } from '@/lib/db/rate'
import { listUpgrades, type UpgradeRecord } from '@/lib/db/upgrade'
import { listEnds } from '@/lib/db/watched-instrument'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { countryName } from '@/lib/format/country'
import { type AsOf, getAsOf } from './as-of'
import { codeNow } from './code-now'
import { type ConcerningRow, concerningRows } from './concerning'
import { type MeasureRow, measureRows } from './measure-row'
import { type PreapprovalRow, preapprovalRows } from './preapproval-row'
import { notReader, refusePage } from './refuse-page'
import { type Listed, type RuleRow, ruleOf } from './rule-row'
import {
  readSaid,
  readUnknownCounts,
  readWatched,
  type SaidRow,
  type UnknownRow,
  type WatchedRow,
} from './watched'

/** Amounts in the smallest unit, as decimal text; times ISO 8601. */
export type InstrumentRow = {
  address: string
  symbol: string
  name: string
  decimals: number
  /** 'Plimsoll', 'ERC-3643' */
  standard: string
  supply: string
  /** Accounts with a balance, among those the reader may see. */
  holders: number
  paused: boolean
  /** Of a pause; null: until lifted. */
  until: string | null
  rules: RuleRow[]
  /** Of the code in force; null of an instrument that is only watched. */
  version: string | null
  /** The block as of which all of this stands, of one that was let go; null while it is followed. */
  watchedUntil: string | null
}

export type InstrumentsPage = {
  asOf: AsOf
  rows: InstrumentRow[]
  watched: WatchedRow[]
  unknown: { instrument: string; count: number }[]
  mayWatch: boolean
}

/** Every instrument of the ledger with how it stands. */
export async function getInstrumentsPage(officer: Officer): Promise<Result<InstrumentsPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'instruments', notReader)
  const read = await withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    return {
      asOf,
      found: await readInstruments(tx, officer, asOf),
      watched: await readWatched(tx, officer, asOf),
      unknown: await readUnknownCounts(tx, officer, asOf),
    }
  })
  const { asOf, found, ...rest } = read
  const rows = await Promise.all(found.map((each) => rowOf(each, asOf)))
  return accept({ asOf, rows, ...rest, mayWatch: may(officer, 'watch:instrument') })
}

export type InstrumentPage = {
  asOf: AsOf
  instrument: InstrumentRow
  compliance: string | null
  /** Newest first. */
  code: CodeStep[]
  measures: MeasureRow[]
  orders: ConcerningRow[]
  mayPropose: boolean
  /** Have it let go, or watched again. */
  mayWatch: boolean
  scheduled: ScheduledCode | null
  wayBack: { implementation: string; until: string } | null
  /** Cents of the reference currency to units; null where the policy counts none of it. */
  rate: { numerator: string; denominator: string } | null
  preapprovals: PreapprovalRow[]
  /** Undefined of an instrument of ours, and of one that the deployment names. */
  watched: WatchedRow | undefined
  said: SaidRow[]
  unknown: UnknownRow[]
}

/** New code that waits. `isDue`: an administrator can put it in force now. */
export type ScheduledCode = {
  implementation: string
  since: string
  notBefore: string | null
  isDue: boolean
}

export type CodeStep = {
  time: string
  act: UpgradeRecord['act']
  implementation: string
  version: string | null
  /** Of a scheduled one: from when it can be put in force; of one in force: until when the way back is open. */
  notBefore: string | null
  rollbackUntil: string | null
}

const unknown = refuse('not-found', 'There is no such instrument.').refusal

export async function getInstrumentPage(officer: Officer, text: string): Promise<Result<InstrumentPage>> {
  const address = parseAddress(text)
  if (!address || !may(officer, 'read:ledger')) return refusePage(officer, `instrument ${text}`, unknown)
  const read = await withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const [found] = await readInstruments(tx, officer, asOf, address)
    if (!found) return undefined
    const now = new Date(asOf.time)
    const { chainId } = asOf
    const measures = await listMeasures(tx, { chainId, now, kind: pauseKind, instrument: address, take: 20 })
    const steps = await listUpgrades(tx, chainId, address)
    const modules = found.modules.map(({ module }) => module)
    const rate = (await listRates(tx, chainId)).find(({ instrument }) => instrument === address)
    return {
      asOf,
      found,
      code: steps.map(stepOf),
      ...codeOf(steps, now),
      rate: rate ? { numerator: String(rate.numerator), denominator: String(rate.denominator) } : null,
      preapprovals: await preapprovalRows(tx, officer, { chainId, now, modules, take: 20 }),
      measures: await measureRows(tx, officer, measures),
      watched: (await readWatched(tx, officer, asOf)).find((each) => each.address === address),
      ...(await readSaid(tx, officer, asOf, address)),
      orders: concerningRows(await listOrdersAbout(tx, chainId, address, 8), now),
    }
  })
  if (!read) return refusePage(officer, `instrument ${text}`, unknown)
  const { asOf, found, ...rest } = read
  return accept({
    asOf,
    instrument: await rowOf(found, asOf),
    compliance: found.compliance,
    ...rest,
    mayPropose: may(officer, 'propose:measure') && found.record.standard === 'plimsoll',
    mayWatch: may(officer, 'watch:instrument') && rest.watched !== undefined,
  })
}

function codeOf(steps: readonly UpgradeRecord[], now: Date): Pick<InstrumentPage, 'scheduled' | 'wayBack'> {
  const { scheduled, wayBack } = codeNow(steps, now)
  return {
    scheduled: scheduled
      ? {
          implementation: scheduled.implementation,
          since: scheduled.time.toISOString(),
          notBefore: scheduled.notBefore?.toISOString() ?? null,
          isDue: scheduled.notBefore !== null && scheduled.notBefore <= now,
        }
      : null,
    wayBack: wayBack ? { ...wayBack, until: wayBack.until.toISOString() } : null,
  }
}

/** IOrders.Kind.Pause. */
const pauseKind = 8

type Found = {
  record: InstrumentRecord
  holders: number
  paused: { until: Date | null } | undefined
  compliance: Address | null
  modules: Listed[]
  version: string | null
  end: bigint | undefined
}

async function readInstruments(
  tx: Tx,
  { firmId }: Officer,
  { chainId, time }: AsOf,
  only?: Address,
): Promise<Found[]> {
  const records = await listInstruments(tx, chainId)
  const holders = await listHolders(tx, chainId, firmId ?? 'everybody')
  const paused = await listPaused(tx, chainId, new Date(time))
  const obeyed = await listInstrumentModules(tx, chainId)
  const everyModule = obeyed.flatMap(({ modules }) => modules)
  const countries = await listCountryRules(tx, chainId, everyModule)
  const moduleOf = (module: Address, since: Date) => ({
    module,
    since,
    listed: countries.flatMap((each) => (each.module === module ? [countryName(each.country)] : [])),
  })
  const upgrades = await listUpgrades(tx, chainId, only)
  const ends = await listEnds(tx, chainId)
  return records
    .filter(({ address }) => only === undefined || address === only)
    .map((record) => {
      const here = (row: { instrument: string }) => row.instrument === record.address
      return {
        record,
        holders: holders.find(here)?.holders ?? 0,
        paused: paused.find(here),
        compliance: obeyed.find(here)?.compliance ?? null,
        modules: obeyed
          .filter(here)
          .flatMap(({ modules, since }) => modules.map((module) => moduleOf(module, since))),
        version: upgrades.find((each) => here(each) && each.version !== null)?.version ?? null,
        end: ends.get(record.address),
      }
    })
}

async function rowOf(
  { record, holders, paused, modules, version, end }: Found,
  asOf: AsOf,
): Promise<InstrumentRow> {
  const { address, symbol, name, decimals, standard, totalSupply } = record
  return {
    ...{ address, symbol, name, decimals, holders, version },
    standard: standardName(standard),
    supply: String(totalSupply),
    paused: Boolean(paused),
    until: paused?.until?.toISOString() ?? null,
    watchedUntil: end === undefined ? null : String(end),
    rules: await Promise.all(modules.map((each) => ruleOf(each, record, asOf))),
  }
}

const stepOf = (record: UpgradeRecord): CodeStep => ({
  time: record.time.toISOString(),
  act: record.act,
  implementation: record.implementation,
  version: record.version,
  notBefore: record.notBefore?.toISOString() ?? null,
  rollbackUntil: record.rollbackUntil?.toISOString() ?? null,
})
