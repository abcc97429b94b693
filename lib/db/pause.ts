import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** A pause that stands. `until` exclusive, null: until lifted. */
export type PauseRecord = {
  instrument: Address
  time: Date
  until: Date | null
  reviewBy: Date | null
  orderId: Hex | null
}

/** The instruments that are paused at a time, that of the block of the answer. */
export async function listPaused(tx: Tx, chainId: number, at: Date): Promise<PauseRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select last.instrument, last.time, last.until, last.order_id, m.review_by from (
      select distinct on (instrument) * from pause where chain_id = ${chainId}
      order by instrument, block_number desc, log_index desc
    ) last
    left join measure m on m.chain_id = last.chain_id and m.order_id = last.order_id
    where last.paused and (last.until is null or last.until > ${at})
    order by last.instrument`
  return rows.map((row) => ({
    instrument: row.instrument as Address,
    time: row.time,
    until: row.until,
    reviewBy: row.review_by,
    orderId: row.order_id as Hex | null,
  }))
}

type Row = {
  instrument: string
  time: Date
  until: Date | null
  order_id: string | null
  review_by: Date | null
}
