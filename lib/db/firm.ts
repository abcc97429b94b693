import type { Tx } from './client'

export type FirmRecord = { id: number; lei: string; name: string; blockNumber: bigint }

/** Of a firm's people: their own firm alone (row-level security). */
export async function findFirm(tx: Tx, chainId: number, id: number): Promise<FirmRecord | undefined> {
  const row = await tx.firm.findUnique({ where: { chainId_id: { chainId, id } } })
  return row ? toRecord(row) : undefined
}

export type FirmFilter = {
  chainId: number
  firmId?: number
  /** Part of the name or beginning of the LEI, in any case. */
  text?: string
  /** Exclusive. */
  after?: { name: string; id: number }
  take: number
}

/** By name. */
export async function listFirms(tx: Tx, filter: FirmFilter): Promise<FirmRecord[]> {
  const { chainId, firmId = null, text, after, take } = filter
  const escaped = text?.replace(/[\\%_]/g, '\\$&') ?? null
  const rows = await tx.$queryRaw<{ id: number; name: string; lei: string; block_number: bigint }[]>`
    select id, name, lei, block_number from firm
    where chain_id = ${chainId} and (${firmId}::int is null or id = ${firmId}::int)
      and (${escaped}::text is null or name ilike '%' || ${escaped} || '%' or lei ilike ${escaped} || '%')
      and (name, id) > (${after?.name ?? ''}, ${after?.id ?? -1})
    order by name, id limit ${take}`
  return rows.map(({ id, name, lei, block_number }) => ({ id, name, lei, blockNumber: block_number }))
}

export type FirmName = { id: number; name: string }

/** Names of all firms, counterparties of a firm included, and nothing else of them. */
export async function listFirmNames(tx: Tx, chainId: number): Promise<FirmName[]> {
  return tx.$queryRaw<FirmName[]>`
    select id, name from firm_directory where chain_id = ${chainId} order by name, id`
}

const toRecord = ({ id, lei, name, blockNumber }: FirmRecord): FirmRecord => ({ id, lei, name, blockNumber })
