import type { Address } from 'viem'
import type { Tx } from './client'

/** What anybody may know of an instrument that we did not deploy. */
export type WatchedRecord = {
  address: Address
  name: string
  symbol: string
  decimals: number
  standard: string
  capabilities: string[]
  startBlock: bigint
  history: 'full' | 'partial'
  /** `ended`: let go, and nothing of it is read after `endBlock`. */
  state: 'filling' | 'live' | 'ended'
  /** What lies below is read. */
  filledTo: bigint
  endBlock: bigint | null
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
  /** When somebody asked to have it let go; null again once somebody asked for it anew. */
  letGoAt: Date | null
  /** Views by which its controls are compared with the chain: none of one of which nobody found out yet. */
  controls: string[]
}

const open = {
  ...{ address: true, name: true, symbol: true, decimals: true, standard: true, capabilities: true },
  ...{ startBlock: true, history: true, state: true, filledTo: true, endBlock: true },
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
      ...{ progressedAt: true, failure: true, note: true, letGoAt: true, controls: true },
    },
  })
  return rows as FillRecord[]
}

export type NewWatched = Pick<
  WatchedRecord,
  'address' | 'name' | 'symbol' | 'decimals' | 'standard' | 'capabilities' | 'startBlock' | 'history'
> & { chainId: number; addedBy: string; note: string | null }

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

/** Whoever asks for it first; false if it is let go already, or was. The worker ends it between two blocks. */
export async function updateLetGo(
  tx: Tx,
  { chainId, address, letGoBy }: { chainId: number; address: Address; letGoBy: string },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update watched_instrument set let_go_by = ${letGoBy}::uuid, let_go_at = now()
    where chain_id = ${chainId} and address = ${address} and let_go_at is null and state <> 'ended'`
  return changed === 1
}

/** Has one watched again that was let go; false if it was not. The worker reads on from where it ended. */
export async function updateWatchedAgain(
  tx: Tx,
  { chainId, address, name, addedBy }: { chainId: number; address: Address; name: string; addedBy: string },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update watched_instrument set name = ${name}, added_by = ${addedBy}::uuid, added_at = now(),
      let_go_by = null, let_go_at = null
    where chain_id = ${chainId} and address = ${address} and let_go_at is not null and state = 'ended'`
  return changed === 1
}

/** The last block read of each instrument that is let go, or is not followed again yet. */
export async function listEnds(tx: Tx, chainId: number): Promise<Map<string, bigint>> {
  const where = { chainId, endBlock: { not: null } }
  const rows = await tx.watchedInstrument.findMany({ where, select: { address: true, endBlock: true } })
  return new Map(rows.map(({ address, endBlock }) => [address, endBlock!]))
}

/** The first block that the chain is indexed from; undefined before there is any. */
export async function findChainStart(tx: Tx, chainId: number): Promise<bigint | undefined> {
  const row = await tx.chain.findUnique({ where: { id: chainId }, select: { startBlock: true } })
  return row?.startBlock
}
