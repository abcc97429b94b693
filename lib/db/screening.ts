import type { Hex } from 'viem'
import type { Tx } from './client'

type Place = { time: Date; blockNumber: bigint; orderId: Hex }
export type ScreeningRecord = Place & { flagged: boolean }
/** ISO 3166-1 numeric. */
export type CountryChangeRecord = Place & { before: number; after: number }

/** Newest first. */
export async function listScreenings(
  tx: Tx,
  chainId: number,
  identity: string,
  take: number,
): Promise<ScreeningRecord[]> {
  const rows = await tx.screening.findMany({ where: { chainId, identity }, orderBy, take })
  return rows.map((row) => ({ ...placeOf(row), flagged: row.flagged }))
}

/** Newest first. */
export async function listCountryChanges(
  tx: Tx,
  chainId: number,
  identity: string,
  take: number,
): Promise<CountryChangeRecord[]> {
  const rows = await tx.countryChange.findMany({ where: { chainId, identity }, orderBy, take })
  return rows.map((row) => ({ ...placeOf(row), before: row.before, after: row.after }))
}

const orderBy = [{ blockNumber: 'desc' as const }, { logIndex: 'desc' as const }]

const placeOf = (row: { time: Date; blockNumber: bigint; orderId: string }): Place => ({
  time: row.time,
  blockNumber: row.blockNumber,
  orderId: row.orderId as Hex,
})
