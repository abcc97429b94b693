import type { Hex } from 'viem'
import type { Tx } from './client'

export type BlockRecord = { number: bigint; hash: Hex; parentHash: Hex; time: Date }

const fields = { number: true, hash: true, parentHash: true, time: true } as const

export async function findBlock(tx: Tx, chainId: number, number: bigint): Promise<BlockRecord | undefined> {
  const [row] = await tx.$queryRaw<BlockRecord[]>`
    SELECT number, hash, parent_hash AS "parentHash", time FROM block
    WHERE chain_id = ${chainId} AND number = ${number}`
  return row
}

export async function findBlockByHash(tx: Tx, chainId: number, hash: Hex): Promise<BlockRecord | undefined> {
  const row = await tx.block.findFirst({ where: { chainId, hash }, select: fields })
  return row ? toRecord(row) : undefined
}

/**
 * The first block at or after `time`; undefined if there is none yet. Times never fall from block to block, so this
 * halves the range of numbers and reads about twenty rows by key: no index on time is needed. Gaps are allowed.
 */
export async function findFirstBlockSince(tx: Tx, chainId: number, time: Date): Promise<bigint | undefined> {
  const rows = await tx.$queryRaw<{ number: bigint }[]>`
    with recursive ends as (
      select (select number from block where chain_id = ${chainId} order by number limit 1) as lo,
        (select number from block where chain_id = ${chainId} order by number desc limit 1) + 1 as hi
    ), half (lo, hi) as (
      select lo, hi from ends where lo is not null
      union all
      select case when b.time >= ${time}::timestamptz then h.lo else b.number + 1 end,
        case when b.time >= ${time}::timestamptz then (h.lo + h.hi) / 2 else h.hi end
      from half h
      cross join lateral (
        select number, time from block
        where chain_id = ${chainId} and number >= (h.lo + h.hi) / 2 order by number limit 1
      ) b
      where h.lo < h.hi
    )
    select b.number from (select lo from half where lo >= hi limit 1) found
    cross join lateral (
      select number from block where chain_id = ${chainId} and number >= found.lo order by number limit 1
    ) b`
  return rows[0]?.number
}

const toRecord = (row: { number: bigint; hash: string; parentHash: string; time: Date }): BlockRecord => ({
  number: row.number,
  hash: row.hash as Hex,
  parentHash: row.parentHash as Hex,
  time: row.time,
})
