import type { Address, Hex } from 'viem'
import type { Collector } from './collector'
import { collectors } from './collectors/all'
import type { Receipt, Transaction } from './decode/answers'
import {
  type Draft,
  emptyRows,
  emptyWanted,
  type Known,
  type PlacedLog,
  type Revert,
  type RevertedCall,
  type Rows,
  type Wanted,
} from './draft'
import type { FetchedBlock } from './verify/block'
import type { Watch } from './watch'

/** A verified block, with what replays of its reverted calls returned, by transaction index. */
export type VerifiedBlock = FetchedBlock & { reverts: ReadonlyMap<number, Revert> }

/** What a collector reads of a block. */
export type Item = { log: PlacedLog; collector: Collector } | { call: RevertedCall }

/** Which stored records `reduce` needs for these items. Pure. */
export function wantedBy(items: readonly Item[], watch: Watch): Wanted {
  const wanted = emptyWanted()
  for (const item of items) {
    if ('log' in item) item.collector.want?.(item.log, wanted, watch)
    else for (const collector of collectors) collector.wantReverted?.(item.call, wanted)
  }
  return wanted
}

/** The rows that these items add to what is known. Pure: `known` is copied, and the copy is returned as it ends. */
export function reduce(before: Known, items: readonly Item[], watch: Watch): { rows: Rows; known: Known } {
  const known: Known = {
    accounts: new Map(before.accounts),
    identities: new Map(before.identities),
    balances: new Map(before.balances),
    frozen: new Map(before.frozen),
    supplies: before.supplies,
  }
  const draft: Draft = {
    watch,
    known,
    rows: emptyRows(),
    order: null,
    unfrozen: new Map(),
    causes: new Map(),
  }
  for (const item of items) {
    if ('log' in item) item.collector.collect?.(item.log, draft)
    else for (const collector of collectors) collector.collectReverted?.(item.call, draft)
  }
  return { rows: draft.rows, known }
}

/** Reverted calls whose reason we ask the node for: those sent to an instrument that is watched at that block. */
export function isRefusal(
  { to, blockNumber }: Pick<Transaction, 'to' | 'blockNumber'>,
  { status }: Pick<Receipt, 'status'>,
  { instruments }: Watch,
): boolean {
  const called = status === 0 && to !== null ? instruments.get(to) : undefined
  return called !== undefined && (called.endBlock == null || blockNumber <= called.endBlock)
}

/** What there is to collect in these blocks, in the order of the chain. */
export function itemsOf(blocks: readonly VerifiedBlock[], watch: Watch): Item[] {
  const items: Item[] = []
  const routes = routesOf(watch)
  for (const { header, transactions, receipts, logs, reverts } of blocks) {
    const place = { blockNumber: header.number, time: header.time }
    for (const receipt of receipts ?? []) {
      const transaction = transactions[receipt.index]!
      if (!isRefusal(transaction, receipt, watch)) continue
      const { hash, index, from, to, input } = transaction
      items.push({
        call: { ...place, hash, index, from, to: to!, input, revert: reverts.get(index) ?? null },
      })
    }
    for (const log of logs) {
      const topic = log.topics[0] ?? '0x'
      const collector = collectorOf(routes, log.address, topic, header.number)
      if (collector) items.push({ log: { ...log, time: header.time }, collector })
    }
  }
  return items
}

type Routes = {
  from: Map<Address, Map<Hex, Collector>>
  anywhere: Map<Hex, Collector>
  rest: Map<Address, Collector>
  /** Of instruments that were let go: the last block that is read. */
  ends: Map<Address, bigint>
}
/** Who reads an event of a contract in a block; after it was let go, whoever reads it of strangers. */
export function collectorOf(
  { from, anywhere, rest, ends }: Routes,
  address: Address,
  topic: Hex,
  block: bigint,
) {
  const end = ends.size > 0 ? ends.get(address) : undefined
  if (end !== undefined && block > end) return anywhere.get(topic)
  return from.get(address)?.get(topic) ?? anywhere.get(topic) ?? rest.get(address)
}

const routesByWatch = new WeakMap<Watch, Routes>()

/** The same for every event of every contract. */
export function routesOf(watch: Watch): Routes {
  const known = routesByWatch.get(watch)
  if (known) return known
  const routes: Routes = { from: new Map(), anywhere: new Map(), rest: new Map(), ends: new Map() }
  for (const { address, endBlock } of watch.instruments.values())
    if (endBlock != null) routes.ends.set(address, endBlock)
  for (const collector of collectors) {
    for (const [address, topic] of collector.events?.(watch) ?? []) {
      if (address) routes.from.set(address, (routes.from.get(address) ?? new Map()).set(topic, collector))
    }
    for (const topic of collector.anywhere?.(watch) ?? []) routes.anywhere.set(topic, collector)
    for (const address of collector.rest?.(watch) ?? []) routes.rest.set(address, collector)
  }
  routesByWatch.set(watch, routes)
  return routes
}
