import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** Whose wallet the chain's role table says it is, and what it may do there (bits of IRoles). */
export type SignerRecord = { address: Address; person: Hex | null; roles: bigint }

/** The wallets bound to a person, the first bound first. */
export async function listSigners(tx: Tx, chainId: number, personId: string): Promise<SignerRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select w.address, g.person, g.roles::text from wallet w
    left join lateral (
      select person, roles from role_grant
      where chain_id = w.chain_id and account = w.address order by block_number desc, log_index desc limit 1
    ) g on true
    where w.chain_id = ${chainId} and w.person_id = ${personId}::uuid order by w.bound_at, w.address`
  return rows.map((row) => ({
    address: row.address as Address,
    person: row.person as Hex | null,
    roles: BigInt(row.roles ?? '0'),
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

type Row = { address: string; person: string | null; roles: string | null }
