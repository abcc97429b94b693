import 'server-only'
import type { Address } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import type { Capability, Control } from '@/lib/chain/adapters/adapter'
import { adapterOf, standardName } from '@/lib/chain/adapters/all'
import { type Tx, withSnapshot } from '@/lib/db/client'
import {
  countUnknownEvents,
  type InstrumentEventRecord,
  listInstrumentEvents,
  listUnknownEvents,
  type UnknownEventRecord,
} from '@/lib/db/instrument-event'
import {
  type FillRecord,
  listEnds,
  listFills,
  listWatchedInstruments,
  type WatchedRecord,
} from '@/lib/db/watched-instrument'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { type AsOf, getAsOf } from './as-of'
import { type FillProgress, fillProgress } from './fill-progress'
import { refusePage } from './refuse-page'

/** An instrument that we did not deploy, as it stands. */
export type WatchedRow = {
  address: string
  name: string
  symbol: string
  /** 'ERC-3643' */
  kind: string
  capabilities: string[]
  startBlock: string
  history: 'full' | 'partial'
  /** Null once its whole past is read, and of one that was let go. */
  progress: FillProgress | null
  /** The last block that was read of one that was let go; null while it is watched. */
  watchedUntil: string | null
  /** Somebody asked to have it let go, and the worker has not done so yet. For the authority. */
  isEnding: boolean
  /** Why the worker cannot go on, or why balances are not derived. For the authority. */
  failure: string | null
  note: string | null
  /** What of its controls is compared with the chain, in words. For the authority. */
  compared: string[]
}

const controlWords: Record<Control['of'], string> = {
  pause: 'whether it is paused',
  freeze: 'which accounts are frozen or blocked',
  'frozen-amount': 'how much is frozen of them',
}

/** By what it was found to answer, and what every contract of its kind does if its whole history is known. */
function comparedOf({ standard, history }: WatchedRecord, settled: readonly string[]): string[] {
  const { controls = [], tells = [] } = adapterOf(standard) ?? {}
  const asked = history === 'full' ? [...tells, ...settled] : settled
  const found = controls.filter(({ view }) => asked.includes(view)).map(({ of }) => controlWords[of])
  return [...new Set(found)]
}

const capabilityWords: Record<Capability, string> = {
  freeze: 'Freezes accounts',
  'partial-freeze': 'Freezes amounts',
  blacklist: 'Blocks accounts by a list',
  'forced-transfer': 'Forces transfers',
  recovery: 'Recovers lost accounts',
  pause: 'Can be paused',
  mint: 'Mints',
  burn: 'Burns',
  'identity-registry': 'Asks an identity registry',
  compliance: 'Asks compliance rules',
  'pre-check': 'Says beforehand whether a transfer passes',
  'restriction-codes': 'Refuses by code and text',
  permit: 'Allowances by signature',
  upgradeable: 'Its code can be replaced',
}

/** 'Freezes accounts' */
export const wordOfCapability = (capability: string): string =>
  capabilityWords[capability as Capability] ?? capability

/** A firm sees what kind each is; how far the worker is, and what it stumbles over, is the authority's. */
export async function readWatched(tx: Tx, officer: Officer, { chainId, block }: AsOf): Promise<WatchedRow[]> {
  const watched = await listWatchedInstruments(tx, chainId)
  const fills = officer.side === 'authority' ? await listFills(tx, chainId) : []
  return watched.map((each) =>
    rowOf(
      each,
      fills.find(({ address }) => address === each.address),
      BigInt(block),
    ),
  )
}

/** One that is asked for anew is being read, as far as readers go, from the moment it is asked for. */
const isEnded = ({ state }: WatchedRecord, fill: FillRecord | undefined): boolean =>
  state === 'ended' && fill?.letGoAt !== null

const rowOf = (watched: WatchedRecord, fill: FillRecord | undefined, head: bigint): WatchedRow => ({
  address: watched.address,
  name: watched.name,
  symbol: watched.symbol,
  kind: standardName(watched.standard),
  capabilities: watched.capabilities.map(wordOfCapability),
  startBlock: String(watched.startBlock),
  history: watched.history,
  progress: watched.state === 'live' || isEnded(watched, fill) ? null : fillProgress(watched, fill, head),
  watchedUntil: isEnded(watched, fill) ? String(watched.endBlock) : null,
  isEnding: watched.state !== 'ended' && Boolean(fill?.letGoAt),
  failure: fill?.failure ?? null,
  note: fill?.note ?? null,
  compared: watched.state === 'live' ? comparedOf(watched, fill?.controls ?? []) : [],
})

/** What instruments that are watched said that nobody here can read: how many each, counted to a hundred. */
export async function readUnknownCounts(tx: Tx, officer: Officer, { chainId }: AsOf) {
  if (officer.side !== 'authority') return []
  const ends = await listEnds(tx, chainId)
  const counts = await countUnknownEvents(tx, chainId, unknownMost)
  return counts.filter(({ instrument }) => !ends.has(instrument))
}
export const unknownMost = 100

/** What an instrument said beside what has tables of its own. Times ISO 8601. */
export type SaidRow = Omit<InstrumentEventRecord, 'time' | 'blockNumber'> & { time: string; block: string }
export type UnknownRow = Omit<UnknownEventRecord, 'time' | 'blockNumber'> & { time: string; block: string }

const dated = <Row extends { time: Date; blockNumber: bigint }>({ time, blockNumber, ...rest }: Row) => ({
  ...rest,
  time: time.toISOString(),
  block: String(blockNumber),
})

/** Newest first; nothing for a firm. */
export async function readSaid(
  tx: Tx,
  officer: Officer,
  { chainId }: AsOf,
  instrument: Address,
): Promise<{ said: SaidRow[]; unknown: UnknownRow[] }> {
  if (officer.side !== 'authority') return { said: [], unknown: [] }
  const said = await listInstrumentEvents(tx, chainId, instrument, 20)
  const unknown = await listUnknownEvents(tx, chainId, instrument, 20)
  return { said: said.map(dated), unknown: unknown.map(dated) }
}

const notWatcher = refuse('not-permitted', 'Your role may not have instruments watched.').refusal

export type LetGoPage = { asOf: AsOf; watched: WatchedRow }

/** The page of the form by which one is let go: for who may send it, of one that can be. */
export async function getLetGoPage(officer: Officer, text: string): Promise<Result<LetGoPage>> {
  const subject = `instruments/${text}/let-go`
  if (!may(officer, 'watch:instrument')) return refusePage(officer, subject, notWatcher)
  const address = parseAddress(text)
  const read = await withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const watched = (await readWatched(tx, officer, asOf)).find((each) => each.address === address)
    return watched && { asOf, watched }
  })
  return read ? accept(read) : refusePage(officer, subject, notThere)
}

const notThere = refuse('not-found', 'There is no such instrument.').refusal

/** The page of the form: for who may send it. */
export async function getWatchPage(officer: Officer): Promise<Result<{ asOf: AsOf }>> {
  if (!may(officer, 'watch:instrument')) return refusePage(officer, 'instruments/watch', notWatcher)
  return withSnapshot(officer, async (tx) => accept({ asOf: await getAsOf(tx) }))
}
