import type { Pool } from 'pg'
import type { Rpc } from '../chain/rpc'
import { type Cursor, type Finality, finalBlockOf, type Position } from '../db/ledger/chain'
import { findFirstParent, listPositions } from '../db/ledger/fact'
import { Fault } from '../errors/fault'
import { fetchHeaders } from './fetch/blocks'
import type { HeaderVerification } from './verify/rules'

const stride = 16n

/**
 * The highest stored block that the node has too. Looks no deeper than finality: what lies under it is never taken
 * back by a program.
 * @param head Number of the node's head: above it there is nothing to compare. Nothing else is believed of it.
 * @throws Fault `reorg-below-finality`.
 */
export async function findAncestor(
  pool: Pool,
  rpc: Rpc,
  chain: { id: number; finality: Finality; verification: HeaderVerification },
  cursor: Cursor,
  head: bigint,
): Promise<Position> {
  const final = finalBlockOf(cursor, chain.finality)
  let top = head < cursor.number ? head : cursor.number
  while (top >= final && top >= 0n) {
    const stored = await listPositions(pool, chain.id, top, top - stride + 1n)
    const floor = stored.at(-1)?.number ?? top + 1n
    if (floor > top - stride + 1n) {
      const before = await findFirstParent(pool, chain.id)
      if (before && before.number <= top) stored.push(before)
    }
    if (stored.length === 0) break
    const headers = await fetchHeaders(
      rpc,
      stored.map(({ number }) => number),
      chain.verification,
    )
    const match = stored.find(({ hash }, index) => headers[index]!.hash === hash)
    if (match && match.number >= final) return match
    if (match) break
    top = stored.at(-1)!.number - 1n
  }
  const what = `The node's chain parts from ours below block ${final}, which is final (${chain.finality === 'finalized' ? 'as the nodes said' : `depth ${chain.finality}`})`
  throw new Fault('reorg-below-finality', what, { final: String(final), head: String(head) })
}
