import type { Tx } from './client'
import { type Finality, finalBlockOf } from './ledger/chain'
import { rebuildLock } from './ledger/rebuild-progress'

export type CursorRecord = {
  chainId: number
  /** The last indexed block; everything up to it is written, nothing above it. */
  number: bigint
  hash: string
  time: Date
  /** What the node claimed last: for the lag alone. */
  nodeHead: bigint
  haltReason: string | null
  /** What a comparison with the chain found to differ; null once a complete one found nothing. */
  doubt: string | null
  updatedAt: Date
  /** Blocks below the verified head at which a block counts as final, or what the nodes take for final. */
  finality: Finality
  /** The last block that is final, inclusive; negative: none is. */
  finalBlock: bigint
}

/** One statement, so that it is of one moment also where nobody opened a transaction. */
export async function findCursor(tx: Tx, chainId: number): Promise<CursorRecord | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT r.number, r.hash, r.time, r.node_head AS "nodeHead", r.verified_head AS "verifiedHead", r.finalized,
      r.halt_reason AS "haltReason", r.doubt, r.updated_at AS "updatedAt", c.id AS "knownChain", c.finality AS depth
    FROM cursor r LEFT JOIN chain c ON c.id = r.chain_id WHERE r.chain_id = ${chainId}`
  if (!row) return undefined
  const { verifiedHead: written, finalized, knownChain, depth, ...cursor } = row
  const finality = knownChain === null ? 0 : (depth ?? 'finalized')
  // biome-ignore lint/complexity/useMathMinMax: these are bigints
  const verifiedHead = written > cursor.number ? written : cursor.number
  const finalBlock = finalBlockOf({ verifiedHead, finalized: finalized ?? -1n }, finality)
  return { chainId, ...cursor, finality, finalBlock }
}

export type ProjectionRecord = {
  /** Of the tables that are read: one more with each rebuild. */
  version: number
  /** One that is being made beside it, or was broken off. */
  rebuild: {
    version: number
    block: bigint
    head: bigint
    begunAt: Date
    progressedAt: Date | null
    isRunning: boolean
  } | null
}

/** Which derivation of a chain's tables is in force, and how far another is. */
export async function findProjection(tx: Tx, chainId: number): Promise<ProjectionRecord | undefined> {
  const cursor = await tx.cursor.findUnique({ where: { chainId } })
  if (!cursor) return undefined
  const { projection, rebuildVersion, rebuildBlock, rebuildHead, rebuildBegunAt, rebuildProgressedAt } =
    cursor
  if (rebuildVersion === null || rebuildBegunAt === null) return { version: projection, rebuild: null }
  const rows = await tx.$queryRaw<{ running: boolean }[]>`
    select exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 2
      and classid = ${rebuildLock}::bigint::oid and objid = ${chainId}::bigint::oid
      and database = (select oid from pg_database where datname = current_database())) as running`
  return {
    version: projection,
    rebuild: {
      version: rebuildVersion,
      block: rebuildBlock ?? 0n,
      head: rebuildHead ?? 0n,
      begunAt: rebuildBegunAt,
      progressedAt: rebuildProgressedAt,
      isRunning: rows[0]?.running ?? false,
    },
  }
}

/** How the index does, for what is decided by it. The authority's: firms do not see nodes. */
export async function findIndexState(
  tx: Tx,
  chainId: number,
): Promise<{ haltReason: string | null; movedAt: Date; watchedAt: Date | null } | undefined> {
  const where = { chainId }
  const cursor = await tx.cursor.findUnique({ where, select: { haltReason: true, updatedAt: true } })
  if (!cursor) return undefined
  const { _max } = await tx.node.aggregate({ where, _max: { seenAt: true } })
  return { haltReason: cursor.haltReason, movedAt: cursor.updatedAt, watchedAt: _max.seenAt }
}

/** Every chain of which something is indexed, by its id. */
export async function listCursorChains(tx: Tx): Promise<number[]> {
  const rows = await tx.cursor.findMany({ select: { chainId: true }, orderBy: { chainId: 'asc' } })
  return rows.map(({ chainId }) => chainId)
}

type Row = Omit<CursorRecord, 'chainId' | 'finality' | 'finalBlock'> & {
  verifiedHead: bigint
  finalized: bigint | null
  knownChain: number | null
  depth: number | null
}
