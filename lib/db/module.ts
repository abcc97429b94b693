import type { Address, Hex } from 'viem'
import type { Tx } from './client'

/** What the compliance of an instrument asks, and the rules that those modules carry. */

export type InstrumentModulesRecord = {
  instrument: Address
  compliance: Address
  since: Date
  /** Null: as it was founded. */
  orderId: Hex | null
  modules: Address[]
}

/** The compliance that each instrument obeys now, with its modules in the order in which they were added. */
export async function listInstrumentModules(tx: Tx, chainId: number): Promise<InstrumentModulesRecord[]> {
  const rows = await tx.$queryRaw<
    { instrument: string; compliance: string; time: Date; order_id: string | null; modules: string[] }[]
  >`
    select last.instrument, last.compliance, last.time, last.order_id, coalesce((
      select array_agg(m.module order by m.block_number, m.log_index) from (
        select distinct on (module) * from compliance_module
        where chain_id = ${chainId} and compliance = last.compliance
        order by module, block_number desc, log_index desc
      ) m where m.added), '{}') as modules
    from (
      select distinct on (instrument) * from instrument_compliance where chain_id = ${chainId}
      order by instrument, block_number desc, log_index desc
    ) last order by last.instrument`
  return rows.map((row) => ({
    instrument: row.instrument as Address,
    compliance: row.compliance as Address,
    since: row.time,
    orderId: row.order_id as Hex | null,
    modules: row.modules as Address[],
  }))
}

/** Which countries modules list now, by ISO 3166-1 number. What listing means is the module's own. */
export async function listCountryRules(
  tx: Tx,
  chainId: number,
  modules: readonly string[],
): Promise<{ module: Address; country: number; since: Date; orderId: Hex }[]> {
  const rows = await tx.$queryRaw<{ module: string; country: number; time: Date; order_id: string }[]>`
    select module, country, time, order_id from (
      select distinct on (module, country) * from country_rule
      where chain_id = ${chainId} and module = any(${[...modules]}::text[])
      order by module, country, block_number desc, log_index desc
    ) last where listed order by module, country`
  return rows.map((row) => ({
    module: row.module as Address,
    country: row.country,
    since: row.time,
    orderId: row.order_id as Hex,
  }))
}

/** The caps of modules that have one; units of the instrument or identities, by the module. */
export async function listCaps(
  tx: Tx,
  chainId: number,
  modules: readonly string[],
): Promise<{ module: Address; cap: bigint; since: Date; orderId: Hex }[]> {
  const rows = await tx.$queryRaw<{ module: string; after: string; time: Date; order_id: string }[]>`
    select distinct on (module) module, "after"::text, time, order_id from module_cap
    where chain_id = ${chainId} and module = any(${[...modules]}::text[])
    order by module, block_number desc, log_index desc`
  return rows.map((row) => ({
    module: row.module as Address,
    cap: BigInt(row.after),
    since: row.time,
    orderId: row.order_id as Hex,
  }))
}
