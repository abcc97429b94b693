import type { Address } from 'viem'
import type { Tx } from './client'

/** What anybody may know of an instrument that we did not deploy. */
export type WatchedRecord = {
  address: Address
  name: string
  symbol: string
  standard: string
  capabilities: string[]
  startBlock: bigint
  history: 'full' | 'partial'
  state: 'filling' | 'live'
  /** What lies below is read. */
  filledTo: bigint
}

/** How far its past is read, by which worker's clock, and what went wrong last. For the authority. */
export type FillRecord = {
  address: Address
  events: bigint
  begunAt: Date | null
  begunBlock: bigint | null
  progressedAt: Date | null
  failure: string | null
  note: string | null
}

const open = {
  ...{ address: true, name: true, symbol: true, standard: true, capabilities: true },
  ...{ startBlock: true, history: true, state: true, filledTo: true },
} as const

export async function listWatchedInstruments(tx: Tx, chainId: number): Promise<WatchedRecord[]> {
  const rows = await tx.watchedInstrument.findMany({
    where: { chainId },
    select: open,
    orderBy: [{ symbol: 'asc' }, { address: 'asc' }],
  })
  return rows as WatchedRecord[]
}

export async function listFills(tx: Tx, chainId: number): Promise<FillRecord[]> {
  const rows = await tx.watchedInstrument.findMany({
    where: { chainId },
    select: {
      ...{ address: true, events: true, begunAt: true, begunBlock: true },
      ...{ progressedAt: true, failure: true, note: true },
    },
  })
  return rows as FillRecord[]
}

export type NewWatched = Pick<
  WatchedRecord,
  'address' | 'name' | 'symbol' | 'standard' | 'capabilities' | 'startBlock' | 'history'
> & { chainId: number; decimals: number; addedBy: string; note: string | null }

/** False if it is watched already. */
export async function insertWatchedInstrument(tx: Tx, row: NewWatched): Promise<boolean> {
  const { chainId, address, name, symbol, decimals, standard, startBlock, history, addedBy, note } = row
  const inserted = await tx.$executeRaw`
    insert into watched_instrument (chain_id, address, name, symbol, decimals, standard, capabilities, start_block,
      history, added_by, filled_to, note)
    values (${chainId}, ${address}, ${name}, ${symbol}, ${decimals}, ${standard}, ${row.capabilities}, ${startBlock},
      ${history}, ${addedBy}::uuid, ${startBlock} - 1, ${note})
    on conflict do nothing`
  return inserted === 1
}

/** The first block that the chain is indexed from; undefined before there is any. */
export async function findChainStart(tx: Tx, chainId: number): Promise<bigint | undefined> {
  const row = await tx.chain.findUnique({ where: { id: chainId }, select: { startBlock: true } })
  return row?.startBlock
}
