import 'server-only'
import type { CursorRecord } from '@/lib/db/cursor'

/** The last indexed block that no reorganisation will take back; below zero while there is none. */
export function finalBlock(cursor: Pick<CursorRecord, 'number' | 'nodeHead' | 'finality'>): bigint {
  const final = cursor.nodeHead - BigInt(cursor.finality)
  return cursor.finality === 0 || final > cursor.number ? cursor.number : final
}
