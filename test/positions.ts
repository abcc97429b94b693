import type { Pool } from 'pg'
import { listPositions } from '../lib/db/ledger/fact'

/** A stored block's number, hash and time. */
export async function findPosition(pool: Pool, chainId: number, number: bigint) {
  const [position] = await listPositions(pool, chainId, number, number)
  if (!position) throw new Error(`Block ${number} is not stored`)
  return position
}
