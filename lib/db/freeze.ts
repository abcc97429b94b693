import type { Address } from 'viem'
import type { Tx } from './client'

export type FreezeRecord = { account: Address; instrument: Address; time: Date; blockNumber: bigint }

/** Which of the accounts are frozen now, instrument by instrument: those whose last row says so. */
export async function listFrozen(
  tx: Tx,
  chainId: number,
  accounts: readonly string[],
): Promise<FreezeRecord[]> {
  const rows = await tx.$queryRaw<
    { account: string; instrument: string; time: Date; block_number: bigint }[]
  >`
    select account, instrument, time, block_number from (
      select distinct on (account, instrument) account, instrument, time, block_number, frozen
      from "freeze" where chain_id = ${chainId} and account = any(${[...accounts]}::text[])
      order by account, instrument, block_number desc, log_index desc
    ) last where frozen`
  return rows.map((row) => ({
    account: row.account as Address,
    instrument: row.instrument as Address,
    time: row.time,
    blockNumber: row.block_number,
  }))
}
