import type { Address, Hex } from 'viem'
import type { Tx } from './client'

export type TrustedIssuerRecord = { issuer: Address; topic: bigint; since: Date; orderId: Hex }
export type ClaimTopicRecord = { topic: bigint; since: Date; orderId: Hex }

/** Whose claims count now, and for which topic. */
export async function listTrustedIssuers(tx: Tx, chainId: number): Promise<TrustedIssuerRecord[]> {
  const rows = await tx.$queryRaw<{ issuer: string; topic: string; time: Date; order_id: string }[]>`
    select issuer, topic::text, time, order_id from (
      select distinct on (topic, issuer) * from trusted_issuer where chain_id = ${chainId}
      order by topic, issuer, block_number desc, log_index desc
    ) last where trusted order by last.topic, last.issuer`
  return rows.map((row) => ({
    issuer: row.issuer as Address,
    topic: BigInt(row.topic),
    since: row.time,
    orderId: row.order_id as Hex,
  }))
}

/** Which claims everybody needs now. */
export async function listClaimTopics(tx: Tx, chainId: number): Promise<ClaimTopicRecord[]> {
  const rows = await tx.$queryRaw<{ topic: string; time: Date; order_id: string }[]>`
    select topic::text, time, order_id from (
      select distinct on (topic) * from claim_topic where chain_id = ${chainId}
      order by topic, block_number desc, log_index desc
    ) last where required order by last.topic`
  return rows.map((row) => ({ topic: BigInt(row.topic), since: row.time, orderId: row.order_id as Hex }))
}
