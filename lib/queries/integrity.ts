import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { withSnapshot } from '@/lib/db/client'
import { findCursor } from '@/lib/db/cursor'
import { listFirmNames } from '@/lib/db/firm'
import { listNodes } from '@/lib/db/node'
import {
  findLastReconciliation,
  listIneligibleHolders,
  listReconciliations,
  type Mismatch,
} from '@/lib/db/reconciliation'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
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
  nodes: NodeRow[]
  /** Newest first; the first of them is the one that counts. */
  reconciliations: ReconciliationRow[]
  /** Customers who hold something and may not move it; of very many the first. */
  holders: HolderRow[]
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
    const holders = await listIneligibleHolders(tx, chainId, mostHolders)
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
      holders: holders.map(({ firmId, blockNumber, ...holder }) => ({
        ...holder,
        firm: { id: firmId, name: firmNames.get(firmId) ?? `Firm ${firmId}` },
        block: blockNumber.toString(),
      })),
      holdersAsked: complete?.blockNumber.toString() ?? null,
    })
  })
}
