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
