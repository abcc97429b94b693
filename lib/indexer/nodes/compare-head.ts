import type { Hex } from 'viem'
import { upstreamsOf } from '../../chain/upstreams'
import { finalBlockOf, updateFinalized } from '../../db/ledger/chain'
import { listPositions } from '../../db/ledger/fact'
import { Fault } from '../../errors/fault'
import { fetchBlocks } from '../fetch/blocks'
import type { Session } from '../sync'
import { type Claim, type Contest, claimOf, contestOf } from './claims'
import { type Opinion, survey } from './survey'

/** `stale`: all nodes are behind us and agree, so they wait, not we. `forked`: they have another chain, all the same. */
export type HeadState = 'ahead' | 'level' | 'stale' | 'forked' | 'contested'
export type Comparison = {
  head: bigint
  /** Of the highest head, in UNIX seconds. */
  time: bigint
  state: HeadState
  contest?: Contest
}

/** What the heads of all nodes say about ours, and what they have where we are and where we are final. */
export async function compareHead(session: Session): Promise<Comparison> {
  const { source, config, cursor, check } = session
  const final = finalBlockOf(cursor, config.finality)
  const heights = [cursor.number, ...(final >= config.startBlock && final < cursor.number ? [final] : [])]
  const { verification } = source
  const finalized = config.finality === 'finalized'
  const opinions = await survey(source.rpc, { heights, verification, finalized, check })
  const claims = await claimsOf(session, opinions)
  const { number: head, time } = highest(opinions).head

  const contest = contestOf(claims.claims, claims.ours, final)
  if (contest) return { head, time, state: 'contested', contest }
  if (claims.claims.some(({ against }) => against)) return { head, time, state: 'forked' }
  await noteFinalized(session, opinions, claims.ours)
  if (head > cursor.number) return { head, time, state: 'ahead' }
  return { head, time, state: head === cursor.number ? 'level' : 'stale' }
}

/** What each node has beside what we have. A node that dissented and is silent now has not agreed. */
async function claimsOf(session: Session, opinions: readonly Opinion[]) {
  const silent = upstreamsOf(session.source.rpc).members.filter(
    (member) => member.health.dissent && !opinions.some(({ by }) => by === member),
  )
  const remembered = silent.map((by) => ({ by, ...by.health.dissent! }))
  const heights = [...opinions.map(({ head }) => head.number), ...remembered.map(({ block }) => block)]
  const ours = await hashesOfOurs(session, [
    ...opinions.flatMap(({ hashes }) => [...hashes.keys()]),
    ...heights,
  ])
  const heard = opinions.map(({ by, head, hashes }) => {
    by.health.isStale = head.number < session.cursor.number
    return claimOf(by, new Map([...hashes, [head.number, head.hash]]), ours)
  })
  const verified = await withoutLiars(session, heard)
  const kept = remembered.map(({ by, block, hash }) => claimOf(by, new Map([[block, hash]]), ours))
  return { claims: [...verified, ...kept], ours }
}

/** Where we have a block at these heights. The place before the first one counts: the first follows it. */
async function hashesOfOurs({ writer, config, cursor }: Session, heights: readonly bigint[]) {
  const ours = new Map<bigint, Hex>([[cursor.number, cursor.hash]])
  for (const height of new Set(heights)) {
    if (height >= cursor.number || height < config.startBlock) continue
    const [stored] = await listPositions(writer.pool, config.id, height, height)
    if (stored) ours.set(height, stored.hash)
  }
  return ours
}

/** A claim of another chain counts once its block verifies like ours; whose does not is marked, and has no say. */
async function withoutLiars({ source, check }: Session, claims: readonly Claim[]): Promise<Claim[]> {
  const { members, only } = upstreamsOf(source.rpc)
  // Of one node alone the next block will tell, or lib/indexer/reorg.
  if (members.length === 1) return [...claims]
  const kept: Claim[] = []
  for (const claim of claims) {
    const { by, against } = claim
    if (against && by.health.dissent?.hash !== against.hash) {
      const { number } = against
      const verify = only(by, (rpc) => fetchBlocks({ ...source, rpc }, number, number), check)
      const blocks = await verify.catch((error) => {
        if (!(error instanceof Fault)) throw error
      })
      if (blocks?.[0]?.header.hash !== against.hash) continue
    }
    by.health.dissent = against && { block: against.number, hash: against.hash }
    kept.push(claim)
  }
  return kept
}

/** The lowest of what nodes that keep up take for final, if it is ours. */
async function noteFinalized(
  { source, writer, config, cursor }: Session,
  opinions: readonly Opinion[],
  ours: ReadonlyMap<bigint, Hex>,
) {
  // One that is slow today has its say tomorrow.
  const asked = upstreamsOf(source.rpc).askable().length
  if (config.finality !== 'finalized' || opinions.length < asked) return
  const current = opinions.filter(({ by }) => !by.health.isStale)
  const said = current.map(({ finalized }) => finalized)
  const lowest = said.reduce(
    (least, each) => (each && least && each.number < least.number ? each : least),
    said[0]!,
  )
  if (!lowest || said.includes(null) || lowest.number > cursor.number || lowest.number <= cursor.finalized)
    return
  const [stored] = ours.has(lowest.number)
    ? [{ hash: ours.get(lowest.number)! }]
    : await listPositions(writer.pool, config.id, lowest.number, lowest.number)
  if (stored?.hash !== lowest.hash) return
  await updateFinalized(writer.pool, config.id, writer.epoch, lowest.number)
  cursor.finalized = lowest.number
}

const highest = (opinions: readonly Opinion[]) =>
  opinions.reduce((best, opinion) => (opinion.head.number > best.head.number ? opinion : best))
