import type { Address } from 'viem'
import type { Tx } from './client'

/** Whose account it is, as far as the reader may know: a firm knows its own customers' alone. */
export type AccountPartyRecord = {
  account: Address
  firmId: number
  firmName: string | null
  identity: Address
  reference: string | null
}

/** Accounts that nobody registered, or that are another's, are left out. */
export async function listAccountParties(
  tx: Tx,
  chainId: number,
  accounts: readonly string[],
): Promise<AccountPartyRecord[]> {
  const rows = await tx.$queryRaw<
    {
      address: string
      firm_id: number
      firm_name: string | null
      identity: string
      reference: string | null
    }[]
  >`
    select a.address, a.firm_id, f.name as firm_name, a.identity, c.reference from account a
    left join firm_directory f on f.chain_id = a.chain_id and f.id = a.firm_id
    left join customer c on c.chain_id = a.chain_id and c.identity = a.identity
    where a.chain_id = ${chainId} and a.address = any(${[...new Set(accounts)]}::text[])`
  return rows.map((row) => ({
    account: row.address as Address,
    firmId: row.firm_id,
    firmName: row.firm_name,
    identity: row.identity as Address,
    reference: row.reference,
  }))
}
