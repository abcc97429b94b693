import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** 'replaced': approved again with another end. */
export type PreapprovalState = 'open' | 'consumed' | 'withdrawn' | 'replaced' | 'expired'

export type PreapprovalRecord = {
  blockNumber: bigint
  logIndex: number
  time: Date
  module: Address
  from: Address
  to: Address
  amount: bigint
  /** Exclusive; null: never. */
  expiresAt: Date | null
  orderId: Hex
  firmId: number | null
  state: PreapprovalState
  /** When it was consumed, withdrawn or replaced. */
  endedAt: Date | null
}

export type PreapprovalFilter = {
  chainId: number
  /** Of the block that the answer is as at. */
  now: Date
  /** Those that instruments ask: any contract may say that it approves. */
  modules: readonly string[]
  states?: readonly PreapprovalState[]
  /** Exclusive. */
  after?: { blockNumber: bigint; logIndex: number }
  take: number
}

/** Approvals of single transfers, newest first, each with what became of it. A firm gets those of its own senders. */
export async function listPreapprovals(tx: Tx, filter: PreapprovalFilter): Promise<PreapprovalRecord[]> {
  const { chainId, now, modules, states, after, take } = filter
  const rows = await tx.$queryRaw<Row[]>`
    select * from (
      select p.block_number, p.log_index, p.time, p.module, p."from", p."to", p.amount::text, p.expires_at, p.order_id,
        p.firm_id, ended.time as ended_at, case
          when ended.act = 'approved' then 'replaced'
          when ended.act is not null then ended.act
          when p.expires_at <= ${now} then 'expired'
          else 'open' end as state
      from preapproval p left join lateral (
        select * from (
          select n.act, n.time from preapproval n
          where n.chain_id = p.chain_id and n.module = p.module and n."from" = p."from" and n."to" = p."to"
            and n.amount = p.amount and (n.block_number, n.log_index) > (p.block_number, p.log_index)
          order by n.block_number, n.log_index limit 1
        ) next where p.expires_at is null or next.time < p.expires_at
      ) ended on true
      where p.chain_id = ${chainId} and p.act = 'approved' and p.module = any(${[...modules]}::text[])
    ) judged
    where (${states === undefined} or state = any(${[...(states ?? [])]}::text[]))
      and (block_number, log_index) < (${after?.blockNumber ?? 2n ** 63n - 1n}, ${after?.logIndex ?? 0})
    order by block_number desc, log_index desc limit ${take}`
  return rows.map((row) => ({
    blockNumber: row.block_number,
    logIndex: row.log_index,
    time: row.time,
    module: row.module as Address,
    from: row.from as Address,
    to: row.to as Address,
    amount: BigInt(row.amount),
    expiresAt: row.expires_at,
    orderId: row.order_id as Hex,
    firmId: row.firm_id,
    state: row.state,
    endedAt: row.ended_at,
  }))
}

type Row = {
  block_number: bigint
  log_index: number
  time: Date
  module: string
  from: string
  to: string
  amount: string
  expires_at: Date | null
  order_id: string
  firm_id: number | null
  state: PreapprovalState
  ended_at: Date | null
}
