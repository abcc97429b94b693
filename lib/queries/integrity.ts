import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { findCursor, findProjection } from '@/lib/db/cursor'
import { listFirmNames } from '@/lib/db/firm'
import { listNodes } from '@/lib/db/node'
import {
  findLastReconciliation,
  listIneligibleHolders,
  listReconciliations,
  type Mismatch,
} from '@/lib/db/reconciliation'
import { findChainStart } from '@/lib/db/watched-instrument'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { type FillProgress, fillProgress } from './fill-progress'
import { refusePage } from './refuse-page'

export type IntegrityPage = {
  asOf: AsOf
  /** Null before the first block. */
  index: {
    block: string
    nodeHead: string
    /** Blocks between the two; never below zero. */
    lag: string
    /** A depth in blocks, or what the nodes take for final. */
    finality: number | 'finalized'
    updatedAt: string
    /** Why the indexer wrote nothing more; null while it runs. */
    halted: string | null
    /** What differs from the chain, so that nothing is exported; null once a complete comparison found nothing. */
    doubt: string | null
  } | null
  /** Null before the first block. */
  tables: {
    /** Of the derivation that is in force. */
    version: number
    /** One that is being made beside it; if it does not run any more it was broken off. */
    rebuild: { version: number; since: string; progress: FillProgress; isRunning: boolean } | null
  } | null
  nodes: NodeRow[]
  /** Newest first; the first of them is the one that counts. */
  reconciliations: ReconciliationRow[]
  /** Customers who hold something and may not move it; of very many the first. */
  holders: HolderRow[]
  /** There are more of them than `holders`. */
  isHoldersCut: boolean
  /** The block at which all of them were asked last; null: nobody was yet. */
  holdersAsked: string | null
}

export type HolderRow = {
  identity: string
  reference: string | null
  firm: { id: number; name: string }
  reason: 'unknown' | 'not-verified' | 'expired' | 'flagged' | 'claim'
  /** At which the chain was asked. */
  block: string
}

export type NodeRow = {
  name: string
  head: string | null
  hash: string | null
  version: string | null
  error: string | null
  seenAt: string
  state: NodeState
  latencyMs: number | null
  /** What was wrong last, right again or not. */
  fault: string | null
  faultAt: string | null
  /** False: not heard of for a minute. */
  isFresh: boolean
}

const nodeStates = ['new', 'live', 'stale', 'limited', 'resting', 'bad', 'dissents'] as const
export type NodeState = (typeof nodeStates)[number]
const stateOf = (state: string): NodeState => nodeStates.find((known) => known === state) ?? 'new'

export type ReconciliationRow = {
  id: string
  at: string
  block: string
  hash: string
  scope: 'sample' | 'complete'
  checked: number
  mismatches: Mismatch[]
}

const silenceMs = 60_000
const mostHolders = 200
const notPermitted = refuse(
  'not-permitted',
  'The integrity of the index is the authority’s to watch.',
).refusal

/** @param now of the server, for the age of what nodes answered */
export async function getIntegrityPage(officer: Officer, now: Date): Promise<Result<IntegrityPage>> {
  if (!may(officer, 'read:integrity')) return refusePage(officer, 'integrity', notPermitted)
  const { chainId } = env()
  return withSnapshot(officer, async (tx) => {
    const cursor = await findCursor(tx, chainId)
    const nodes = await listNodes(tx, chainId)
    const reconciliations = await listReconciliations(tx, chainId, 12)
    const holders = await listIneligibleHolders(tx, chainId, mostHolders + 1)
    const complete = await findLastReconciliation(tx, chainId, 'complete')
    const firmNames = new Map((await listFirmNames(tx, chainId)).map(({ id, name }) => [id, name]))
    return accept({
      asOf: await getAsOf(tx),
      index: cursor
        ? {
            block: cursor.number.toString(),
            nodeHead: cursor.nodeHead.toString(),
            lag: (cursor.nodeHead > cursor.number ? cursor.nodeHead - cursor.number : 0n).toString(),
            finality: cursor.finality,
            updatedAt: cursor.updatedAt.toISOString(),
            halted: cursor.haltReason,
            doubt: cursor.doubt,
          }
        : null,
      nodes: nodes.map(({ name, head, hash, version, error, seenAt, state, latencyMs, fault, faultAt }) => ({
        name,
        head: head?.toString() ?? null,
        hash,
        version,
        error,
        seenAt: seenAt.toISOString(),
        state: stateOf(state),
        latencyMs,
        fault,
        faultAt: faultAt?.toISOString() ?? null,
        isFresh: now.getTime() - seenAt.getTime() < silenceMs,
      })),
      reconciliations: reconciliations.map(
        ({ id, at, blockNumber, blockHash, scope, checked, mismatches }) => ({
          id: id.toString(),
          at: at.toISOString(),
          block: blockNumber.toString(),
          hash: blockHash,
          scope,
          checked,
          mismatches,
        }),
      ),
      tables: await tablesOf(tx, chainId),
      isHoldersCut: holders.length > mostHolders,
      holders: holders.slice(0, mostHolders).map(({ firmId, blockNumber, ...holder }) => ({
        ...holder,
        firm: { id: firmId, name: firmNames.get(firmId) ?? `Firm ${firmId}` },
        block: blockNumber.toString(),
      })),
      holdersAsked: complete?.blockNumber.toString() ?? null,
    })
  })
}

async function tablesOf(tx: Tx, chainId: number): Promise<IntegrityPage['tables']> {
  const projection = await findProjection(tx, chainId)
  if (!projection) return null
  const { version, rebuild } = projection
  if (!rebuild) return { version, rebuild: null }
  const startBlock = (await findChainStart(tx, chainId)) ?? 0n
  const { block: filledTo, head, begunAt, progressedAt, isRunning } = rebuild
  const speed = { begunAt, begunBlock: startBlock - 1n, progressedAt }
  const progress = fillProgress({ startBlock, filledTo }, speed, head)
  return { version, rebuild: { version: rebuild.version, since: begunAt.toISOString(), progress, isRunning } }
}
