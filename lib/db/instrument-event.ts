import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** Something that an instrument of others said, by name, with its arguments as text. */
export type InstrumentEventRecord = {
  time: Date
  blockNumber: bigint
  logIndex: number
  name: string
  arguments: Record<string, string>
}

/** Newest first. */
export async function listInstrumentEvents(
  tx: Tx,
  chainId: number,
  instrument: Address,
  take: number,
): Promise<InstrumentEventRecord[]> {
  const rows = await tx.instrumentEvent.findMany({
    where: { chainId, instrument },
    orderBy: [{ blockNumber: 'desc' }, { logIndex: 'desc' }],
    take,
  })
  return rows.map(({ time, blockNumber, logIndex, name, arguments: args }) => ({
    ...{ time, blockNumber, logIndex, name },
    arguments: args as Record<string, string>,
  }))
}

/** What a watched instrument said and nobody here can read. */
export type UnknownEventRecord = {
  time: Date
  blockNumber: bigint
  logIndex: number
  txHash: Hex
  reason: 'unknown' | 'unreadable' | 'impossible'
  topics: string
  data: string
}

/** Newest first. */
export async function listUnknownEvents(
  tx: Tx,
  chainId: number,
  instrument: Address,
  take: number,
): Promise<UnknownEventRecord[]> {
  const rows = await tx.unknownEvent.findMany({
    where: { chainId, instrument },
    orderBy: [{ blockNumber: 'desc' }, { logIndex: 'desc' }],
    take,
  })
  return rows as unknown as UnknownEventRecord[]
}

/** Of each instrument that has any, counted up to `most`: a contract may say such things without end. */
export async function countUnknownEvents(
  tx: Tx,
  chainId: number,
  most: number,
): Promise<{ instrument: Address; count: number }[]> {
  return tx.$queryRaw<{ instrument: Address; count: number }[]>`
    select address as instrument, counted.n as count from instrument
    cross join lateral (select count(*)::int as n from (select from unknown_event u
      where u.chain_id = ${chainId} and u.instrument = instrument.address limit ${most}) few) counted
    where chain_id = ${chainId} and counted.n > 0 order by symbol, address`
}
