import type { Address } from 'viem'
import type { Rate } from '../compliance/limits'
import type { Tx } from './client'

export type RateRecord = Rate & { instrument: Address }

/** The rates that hold: the last of each instrument. */
export async function listRates(tx: Tx, chainId: number): Promise<RateRecord[]> {
  const rows = await tx.$queryRaw<{ instrument: string; numerator: string; denominator: string }[]>`
    select distinct on (instrument) instrument, numerator::text, denominator::text
    from rate where chain_id = ${chainId}
    order by instrument, block_number desc, log_index desc`
  return rows.map((row) => ({
    instrument: row.instrument as Address,
    numerator: BigInt(row.numerator),
    denominator: BigInt(row.denominator),
  }))
}

/** The rate that held at a place in the chain: the last one set before it. */
export async function findRateAt(
  tx: Tx,
  chainId: number,
  instrument: Address,
  place: { blockNumber: bigint; logIndex: number },
): Promise<RateRecord | undefined> {
  const rows = await tx.$queryRaw<{ numerator: string; denominator: string }[]>`
    select numerator::text, denominator::text from rate
    where chain_id = ${chainId} and instrument = ${instrument} and block_number <= ${place.blockNumber}
      and (block_number, log_index) < (${place.blockNumber}, ${place.logIndex})
    order by block_number desc, log_index desc limit 1`
  const row = rows[0]
  return row && { instrument, numerator: BigInt(row.numerator), denominator: BigInt(row.denominator) }
}
