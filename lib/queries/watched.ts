import 'server-only'
import type { Address } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import type { Capability } from '@/lib/chain/adapters/adapter'
import { standardName } from '@/lib/chain/adapters/all'
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
  listFills,
  listWatchedInstruments,
  type WatchedRecord,
} from '@/lib/db/watched-instrument'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
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
  /** Null once its whole past is read. */
  progress: FillProgress | null
  /** Why the worker cannot go on, or why balances are not derived. For the authority. */
  failure: string | null
  note: string | null
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

const rowOf = (watched: WatchedRecord, fill: FillRecord | undefined, head: bigint): WatchedRow => ({
  address: watched.address,
  name: watched.name,
  symbol: watched.symbol,
  kind: standardName(watched.standard),
  capabilities: watched.capabilities.map(wordOfCapability),
  startBlock: String(watched.startBlock),
  history: watched.history,
  progress: watched.state === 'live' ? null : fillProgress(watched, fill, head),
  failure: fill?.failure ?? null,
  note: fill?.note ?? null,
})

/** What watched instruments said that nobody here can read: how many each, counted to a hundred. */
export async function readUnknownCounts(tx: Tx, officer: Officer, { chainId }: AsOf) {
  return officer.side === 'authority' ? countUnknownEvents(tx, chainId, unknownMost) : []
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

/** The page of the form: for who may send it. */
export async function getWatchPage(officer: Officer): Promise<Result<{ asOf: AsOf }>> {
  if (!may(officer, 'watch:instrument')) return refusePage(officer, 'instruments/watch', notWatcher)
  return withSnapshot(officer, async (tx) => accept({ asOf: await getAsOf(tx) }))
}
