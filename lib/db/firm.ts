import type { Tx } from './client'

export type FirmRecord = { id: number; lei: string; name: string; blockNumber: bigint }

/** Of a firm's people: their own firm alone (row-level security). */
export async function findFirm(tx: Tx, chainId: number, id: number): Promise<FirmRecord | undefined> {
  const row = await tx.firm.findUnique({ where: { chainId_id: { chainId, id } } })
  return row ? toRecord(row) : undefined
}

export async function listFirms(tx: Tx, chainId: number): Promise<FirmRecord[]> {
  const rows = await tx.firm.findMany({ where: { chainId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
  return rows.map(toRecord)
}

export type FirmName = { id: number; name: string }

/** Names of all firms, counterparties of a firm included, and nothing else of them. */
export async function listFirmNames(tx: Tx, chainId: number): Promise<FirmName[]> {
  return tx.$queryRaw<FirmName[]>`
    select id, name from firm_directory where chain_id = ${chainId} order by name, id`
}

const toRecord = ({ id, lei, name, blockNumber }: FirmRecord): FirmRecord => ({ id, lei, name, blockNumber })
