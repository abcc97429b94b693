import type { Address, Hex } from 'viem'
import type { Tx } from './client'

export type UpgradeRecord = {
  instrument: Address
  time: Date
  blockNumber: bigint
  act: 'founded' | 'scheduled' | 'cancelled' | 'activated' | 'rolled-back'
  implementation: Address
  before: Address | null
  release: bigint | null
  /** Of what came into force. */
  version: string | null
  notBefore: Date | null
  /** Exclusive. */
  rollbackUntil: Date | null
  orderId: Hex | null
}

/** What happened to the code of instruments, newest first: the first that came into force is in force. */
export async function listUpgrades(tx: Tx, chainId: number, instrument?: string): Promise<UpgradeRecord[]> {
  const rows = await tx.upgrade.findMany({
    where: { chainId, ...(instrument === undefined ? {} : { instrument }) },
    orderBy: [{ blockNumber: 'desc' }, { logIndex: 'desc' }],
  })
  return rows.map((row) => ({
    instrument: row.instrument as Address,
    time: row.time,
    blockNumber: row.blockNumber,
    act: row.act as UpgradeRecord['act'],
    implementation: row.implementation as Address,
    before: row.before as Address | null,
    release: row.release === null ? null : BigInt(row.release.toFixed(0)),
    version: row.version,
    notBefore: row.notBefore,
    rollbackUntil: row.rollbackUntil,
    orderId: row.orderId as Hex | null,
  }))
}
