import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { findChain, findCursor, insertChain, type Position, takeEpoch } from '../db/ledger/chain'
import { findFirstParent, listPositions } from '../db/ledger/fact'
import { upsertInstruments } from '../db/ledger/instrument'
import { openProjection, type Projection } from '../db/ledger/projection'
import { beginRebuild, clearRebuild, updateRebuild } from '../db/ledger/rebuild-progress'
import { findRecordedRevert } from '../db/ledger/scratch'
import { inTransaction } from '../db/ledger/transaction'
import { listWatched } from '../db/ledger/watched-instrument'
import { commitBlocks, discardAfter, type Writer } from './commit'
import type { Header } from './decode/answers'
import type { Source } from './fetch/blocks'
import { createRangeSize, rowsOf } from './fetch/ranges'
import { readStoredBlocks } from './fetch/stored'
import { type ChainConfig, catchUp, openSession, resolveReorg } from './sync'
import { watchWith } from './watch'

export type RebuildOptions = {
  /** The worker's connections to the live tables. */
  live: Pool
  urls: { owner: string; worker: string }
  config: ChainConfig
  /** Facts too are fetched anew; without, they are those stored. */
  source?: Source
  /** Told after each batch. */
  onProgress?: (at: bigint, head: bigint) => unknown
}

/** Brings the new tables level with the live ones. @returns Where both are. */
type Follow = () => Promise<Position>

/** Positions that a rebuild remembers of its own way, to take back what the chain took back meanwhile. */
const mostRemembered = 2_000
const [tries, betweenTriesMs] = [300, 1_000]

/**
 * Derives a chain's tables anew beside the live ones, follows these until level, and takes their place: readers see the
 * old tables until one moment and the new ones from it on. Ended half-way it leaves the live tables as they are, and
 * what is left of it is dropped by the next.
 */
export async function rebuildProjection(
  options: RebuildOptions,
): Promise<{ version: number; position: Position; exchangeMs: number }> {
  const { live, urls, source } = options
  const added = await listAdded(live, options.config.id)
  const config = { ...options.config, watch: watchWith(options.config.watch, added) }
  const projection = await openProjection(urls, config.id, source !== undefined)
  try {
    const { onProgress } = await tellProgress(options, projection)
    const follow = source
      ? await fetchAnew({ ...options, config, source, onProgress }, projection)
      : await replay({ ...options, config, onProgress }, projection)
    await follow()
    await projection.analyze()
    for (let left = tries; left > 0; left--) {
      let position = await follow()
      const start = performance.now()
      const level = async () => {
        position = await follow()
        if (sameAs(added, await listAdded(live, config.id))) return position
        throw new Error('An instrument was added or let go meanwhile: start the rebuild again')
      }
      if (await projection.exchange(level)) {
        return { version: projection.version, position, exchangeMs: performance.now() - start }
      }
      await pause(betweenTriesMs)
    }
    throw new Error(
      'Somebody reads the live tables all the time: nothing was exchanged. End what reads, and try again',
    )
  } finally {
    // Where that fails, the rebuild is shown as broken off, which the next one clears.
    await clearRebuild(live, config.id).catch(() => {})
    await projection.close()
  }
}

/** Where the screens look for it: at most twice a second, and of one that was killed what it said last. */
async function tellProgress({ live, config, onProgress }: RebuildOptions, { version }: Projection) {
  const { number: head } = (await findCursor(live, config.id))!
  await beginRebuild(live, config.id, { version, from: config.startBlock - 1n, head })
  let toldAt = 0
  return {
    onProgress: async (at: bigint, to: bigint) => {
      if (Date.now() - toldAt >= 500) {
        toldAt = Date.now()
        await updateRebuild(live, config.id, at, to)
      }
      await onProgress?.(at, to)
    },
  }
}

/** What somebody asked to have watched, and is. While the past of one is read it would be in neither derivation whole. */
async function listAdded(live: Pool, chainId: number) {
  const filling = await listWatched(live, chainId, 'filling')
  if (filling.length === 0) return listWatched(live, chainId, 'live')
  throw new Error(`The past of ${filling[0]!.symbol} is still being read: rebuild later`)
}

type Watched = readonly { address: string; endBlock: bigint | null }[]

const sameAs = (some: Watched, others: Watched) => inText(some) === inText(others)
const inText = (watched: Watched) => watched.map(({ address, endBlock }) => `${address} ${endBlock}`).join()

/** From the facts that are stored, verified again. */
async function replay({ live, config, onProgress }: RebuildOptions, projection: Projection): Promise<Follow> {
  const { id, watch, verification } = config
  const { pool } = projection
  const chain = await findChain(live, id)
  const before = await findFirstParent(live, id)
  if (!chain || !before) throw new Error(`Nothing of chain ${id} is stored`)
  const epoch = await inTransaction(pool, async (sql) => {
    await insertChain(sql, chain, before)
    await upsertInstruments(sql, id, [...watch.instruments.values()])
    return takeEpoch(sql, id)
  })
  const writer: Writer = { pool, chainId: id, epoch, watch, announce: false, rederives: true }
  const source = { pool: live, chainId: id, verification, watch }
  const ranges = createRangeSize()
  const way: Position[] = [before]
  let parent: Header | undefined
  return async () => {
    for (;;) {
      const head = (await findCursor(live, id))!
      const at = way.at(-1)!
      if (at.number === head.number && at.hash === head.hash) return at
      const kept = await findKept(live, id, way)
      if (kept.number < at.number) {
        await discardAfter(writer, at, kept, head.number)
        way.splice(way.indexOf(kept) + 1)
        continue
      }
      const first = at.number + 1n
      const last = first + ranges.blocks - 1n < head.number ? first + ranges.blocks - 1n : head.number
      const start = Date.now()
      const blocks = await readStoredBlocks(
        source,
        first,
        last,
        parent?.hash === at.hash ? parent : undefined,
      )
      parent = blocks.at(-1)!.header
      ranges.answered(last - first + 1n, rowsOf(blocks), Date.now() - start)
      await projection.makeRoom(first, last)
      await commitBlocks(writer, at, blocks, head.number)
      for (const { header } of blocks)
        way.push({ number: header.number, hash: header.hash, time: header.time })
      way.splice(0, way.length - mostRemembered)
      await onProgress?.(last, head.number)
    }
  }
}

/** The last position of the way that the live tables have too: nearly always the very last. */
async function findKept(live: Pool, chainId: number, way: readonly Position[]): Promise<Position> {
  const last = way.at(-1)!
  const [same] = await listPositions(live, chainId, last.number, last.number)
  if (same?.hash === last.hash) return last
  const stored = await listPositions(live, chainId, last.number, way[0]!.number)
  const hashes = new Set<string>(stored.map(({ hash }) => hash))
  const first = await findFirstParent(live, chainId)
  if (first) hashes.add(first.hash)
  const kept = way.findLast(({ hash }) => hashes.has(hash))
  if (kept) return kept
  throw new Error('The chain was reorganised deeper than the rebuild remembers: start it again')
}

/** From the nodes, as a first index would be; why calls were refused is kept where no node can say it any more. */
async function fetchAnew(
  { live, config, source, onProgress }: RebuildOptions & { source: Source },
  { pool, makeRoom }: Projection,
): Promise<Follow> {
  const findRevert = (hash: string, index: number) => findRecordedRevert(live, config.id, hash, index)
  await makeRoom(config.startBlock, (await findCursor(live, config.id))!.number)
  const session = await openSession(pool, { ...source, findRevert }, config, { announce: false })
  return async () => {
    for (;;) {
      const head = (await findCursor(live, config.id))!
      const { number, hash } = session.cursor
      if (number === head.number && hash === head.hash) return session.cursor
      if (number < head.number) {
        await makeRoom(number + 1n, head.number)
        await catchUp(session, head.number)
        await onProgress?.(session.cursor.number, head.number)
      } else if ((await resolveReorg(session)) === 0n) {
        throw new Error(
          `The nodes have ${hash} at block ${number}, the live tables are at ${head.number} ${head.hash}`,
        )
      }
    }
  }
}
