import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/**
 * Whose wallet the chain's role table says it is, and what it may do there (bits of IRoles): of its own, and lent by
 * somebody for whom it acts at the time of the last block.
 */
export type SignerRecord = { address: Address; person: Hex | null; roles: bigint; lent: bigint }

/** The wallets bound to a person, the first bound first. */
export async function listSigners(tx: Tx, chainId: number, personId: string): Promise<SignerRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select w.address, g.person, g.roles::text, lent.roles::text as lent from wallet w
    left join lateral (
      select person, roles from role_grant
      where chain_id = w.chain_id and account = w.address order by block_number desc, log_index desc limit 1
    ) g on true
    left join lateral (
      select principal, ended, starts_at, until from delegation
      where chain_id = w.chain_id and delegate = w.address order by block_number desc, log_index desc limit 1
    ) d on true
    left join cursor c on c.chain_id = w.chain_id and not d.ended and d.starts_at <= c.time and d.until > c.time
    left join lateral (
      select roles from role_grant
      where c.chain_id is not null and chain_id = w.chain_id and account = d.principal
      order by block_number desc, log_index desc limit 1
    ) lent on true
    where w.chain_id = ${chainId} and w.person_id = ${personId}::uuid order by w.bound_at, w.address`
  return rows.map((row) => ({
    address: row.address as Address,
    person: row.person as Hex | null,
    roles: BigInt(row.roles ?? '0'),
    lent: BigInt(row.lent ?? '0'),
  }))
}

/** The natural person behind a wallet by the role table; undefined if the table never named it. */
export async function findSignerPerson(tx: Tx, chainId: number, account: string): Promise<Hex | undefined> {
  const rows = await tx.$queryRaw<{ person: string }[]>`
    select person from role_grant where chain_id = ${chainId} and account = ${account}
    order by block_number desc, log_index desc limit 1`
  return rows[0]?.person as Hex | undefined
}

/** Names for pages, by id. For the authority's side alone: a firm is not told who decides. */
export async function listPersonNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id::text, name from person_directory where id = any(${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map(({ id, name }) => [id, name]))
}

type Row = { address: string; person: string | null; roles: string | null; lent: string | null }
