import type { Address, Hex } from 'viem'
import type { Tx } from './client'
import { Prisma } from './generated/client'

export type IdentityRecord = {
  address: Address
  firmId: number
  firmName: string | null
  /** What the firm calls the customer; null until it has told us. */
  reference: string | null
  name: string | null
  /** ISO 3166-1 numeric. */
  country: number
  /** IIdentityRegistry.Status. */
  status: number
  tier: number
  /** Exclusive. */
  expiry: Date | null
  evidence: Hex
  /** Screening hit it. */
  flagged: boolean
  /** Block of creation. */
  blockNumber: bigint
  decidedAt: bigint | null
}

export async function findIdentity(
  tx: Tx,
  chainId: number,
  address: string,
): Promise<IdentityRecord | undefined> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${fields} from identity i ${joins} where i.chain_id = ${chainId} and i.address = ${address}`
  return rows.map(toRecord)[0]
}

/** How KYC stands once its expiry is looked at; 'expiring' is a part of 'verified'. */
export type StandingFilter = 'verified' | 'expiring' | 'expired' | 'pending' | 'suspended' | 'revoked'

export type IdentityFilter = {
  chainId: number
  /** Of the block that the answer is as at: expiry is judged by it. */
  now: Date
  firmId?: number
  standing?: StandingFilter
  /** With 'expiring': not later than this, inclusive. */
  until?: Date
  country?: number
  tier?: number
  /** Of the identity or of one of its accounts. */
  address?: string
  /** What the reference begins with, in any case. */
  reference?: string
}

/** Where a page begins, exclusive. Customers by reference come first, then (rank 1) identities without one. */
export type IdentityPlace = { rank: number; key: string }

/** In order of reference. */
export async function listIdentities(
  tx: Tx,
  filter: IdentityFilter,
  after: IdentityPlace | undefined,
  take: number,
): Promise<IdentityRecord[]> {
  const { rank, key } = after ?? { rank: 0, key: '' }
  const where = conditions(filter)
  const named = Prisma.sql`
    select 0 as rank, c.reference as key, ${fields} from customer c
    join identity i on i.chain_id = c.chain_id and i.address = c.identity
    left join firm_directory f on f.chain_id = i.chain_id and f.id = i.firm_id
    where c.chain_id = ${filter.chainId} and c.reference > ${key} and ${where}
    order by c.reference limit ${take}`
  const unnamed = Prisma.sql`
    select 1 as rank, i.address as key, ${fields} from identity i ${joins}
    where c.identity is null and i.address > ${rank === 1 ? key : ''} and ${where}
    order by i.address limit ${take}`
  const rows = await tx.$queryRaw<Row[]>(
    rank === 1 ? unnamed : Prisma.sql`(${named}) union all (${unnamed}) order by rank, key limit ${take}`,
  )
  return rows.map(toRecord)
}

export const placeOf = ({ reference, address }: IdentityRecord): IdentityPlace =>
  reference === null ? { rank: 1, key: address } : { rank: 0, key: reference }

/** By expiry, the earliest first: the queue of those whose standing lapses. Identities without one are not in it. */
export async function listIdentitiesByExpiry(
  tx: Tx,
  filter: IdentityFilter,
  after: { expiry: Date; address: string } | undefined,
  take: number,
): Promise<IdentityRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${fields} from identity i ${joins}
    where ${conditions(filter)} and i.expiry is not null
      and (i.expiry, i.address) > (${after?.expiry ?? new Date(0)}::timestamptz, ${after?.address ?? ''})
    order by i.expiry, i.address limit ${take}`
  return rows.map(toRecord)
}

/** Counts no further than `most`. */
export async function countIdentities(tx: Tx, filter: IdentityFilter, most: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from identity i left join customer c on c.chain_id = i.chain_id and c.identity = i.address
      where ${conditions(filter)} limit ${most}
    ) counted`
  return rows[0]?.count ?? 0
}

/** Countries that occur, for a filter to offer. */
export async function listCountries(tx: Tx, chainId: number, firmId?: number): Promise<number[]> {
  const ofFirm = firmId === undefined ? Prisma.empty : Prisma.sql`and firm_id = ${firmId}`
  // From each country to the next in the index: as many steps as there are countries, however many identities.
  const rows = await tx.$queryRaw<{ country: number }[]>`
    with recursive found as (
      (select country from identity where chain_id = ${chainId} ${ofFirm} order by country limit 1)
      union all
      select (select i.country from identity i where i.chain_id = ${chainId} ${ofFirm} and i.country > found.country
        order by i.country limit 1)
      from found where found.country is not null
    ) select country from found where country is not null`
  return rows.map(({ country }) => country)
}

const fields = Prisma.sql`
  i.address, i.firm_id, f.name as firm_name, c.reference, c.name, i.country, i.status, i.tier, i.expiry, i.evidence, i.flagged,
  i.block_number, i.decided_at`

const joins = Prisma.sql`
  left join customer c on c.chain_id = i.chain_id and c.identity = i.address
  left join firm_directory f on f.chain_id = i.chain_id and f.id = i.firm_id`

function conditions(filter: IdentityFilter): Prisma.Sql {
  const { chainId, firmId, country, tier, address, reference } = filter
  const all = [Prisma.sql`i.chain_id = ${chainId}`]
  if (firmId !== undefined) all.push(Prisma.sql`i.firm_id = ${firmId}`)
  if (country !== undefined) all.push(Prisma.sql`i.country = ${country}`)
  if (tier !== undefined) all.push(Prisma.sql`i.tier = ${tier}`)
  if (reference !== undefined) all.push(Prisma.sql`c.reference ilike ${likePrefix(reference)}`)
  if (address !== undefined)
    all.push(Prisma.sql`(i.address = ${address} or exists (
      select 1 from account a where a.chain_id = ${chainId} and a.address = ${address} and a.identity = i.address))`)
  all.push(...standingConditions(filter))
  return Prisma.join(all, ' and ')
}

function standingConditions({ standing, now, until }: IdentityFilter): Prisma.Sql[] {
  switch (standing) {
    case undefined:
      return []
    case 'verified':
      return [Prisma.sql`i.status = 2 and i.expiry > ${now}`]
    case 'expiring':
      return [Prisma.sql`i.status = 2 and i.expiry > ${now} and i.expiry <= ${until ?? now}`]
    case 'expired':
      return [Prisma.sql`i.status = 2 and i.expiry <= ${now}`]
    case 'pending':
      return [Prisma.sql`i.status <= 1`]
    case 'suspended':
      return [Prisma.sql`i.status = 3`]
    case 'revoked':
      return [Prisma.sql`i.status = 4`]
  }
}

const likePrefix = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`

type Row = {
  address: string
  firm_id: number
  firm_name: string | null
  reference: string | null
  name: string | null
  country: number
  status: number
  tier: number
  expiry: Date | null
  evidence: string
  flagged: boolean
  block_number: bigint
  decided_at: bigint | null
}

const toRecord = (row: Row): IdentityRecord => ({
  address: row.address as Address,
  firmId: row.firm_id,
  firmName: row.firm_name,
  reference: row.reference,
  name: row.name,
  country: row.country,
  status: row.status,
  tier: row.tier,
  expiry: row.expiry,
  evidence: row.evidence as Hex,
  flagged: row.flagged,
  blockNumber: row.block_number,
  decidedAt: row.decided_at,
})
