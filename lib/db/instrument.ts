import type { Address } from 'viem'
import type { Tx } from './client'
import type { InstrumentModel } from './generated/models/Instrument'

export type InstrumentRecord = {
  address: Address
  symbol: string
  name: string
  decimals: number
  standard: string
  startBlock: bigint
  totalSupply: bigint
}

export async function listInstruments(tx: Tx, chainId: number): Promise<InstrumentRecord[]> {
  const rows = await tx.$queryRaw<Omit<InstrumentModel, 'chainId'>[]>`
    SELECT address, symbol, name, decimals, standard, start_block AS "startBlock", total_supply AS "totalSupply"
    FROM instrument WHERE chain_id = ${chainId} ORDER BY symbol, address`
  return rows.map(toRecord)
}

export async function findInstrument(
  tx: Tx,
  chainId: number,
  address: Address,
): Promise<InstrumentRecord | undefined> {
  const row = await tx.instrument.findUnique({ where: { chainId_address: { chainId, address } } })
  return row ? toRecord(row) : undefined
}

const toRecord = (row: Omit<InstrumentModel, 'chainId'>): InstrumentRecord => ({
  address: row.address as Address,
  symbol: row.symbol,
  name: row.name,
  decimals: row.decimals,
  standard: row.standard,
  startBlock: row.startBlock,
  totalSupply: BigInt(row.totalSupply.toFixed(0)),
})
