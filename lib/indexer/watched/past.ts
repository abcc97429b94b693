import type { Address } from 'viem'
import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { type Rpc, resultOf } from '../../chain/rpc'
import type { Sql } from '../../db/ledger/bulk'
import { upsertInstruments } from '../../db/ledger/instrument'
import {
  listPastLogs,
  listPastRefusals,
  updateFilled,
  updateRevertData,
} from '../../db/ledger/watched-instrument'
import { accounts } from '../collectors/accounts'
import { collectors } from '../collectors/all'
import { loadKnown } from '../commit'
import { emptyRows, type Revert, type RevertedCall, type Rows } from '../draft'
import { topicOf } from '../events'
import { replay } from '../fetch/replay'
import { collectorOf, type Item, reduce, routesOf, wantedBy } from '../reducer'
import type { Watch, WatchedInstrument } from '../watch'

const linked = topicOf(identityRegistryAbi, 'AccountLinked')

export type Past = { chainId: number; registry: Address | null; instrument: WatchedInstrument }
type Range = { from: bigint; to: bigint }

/**
 * Reads what one instrument did in blocks that are stored already, `from` exclusive, as if it had been watched when
 * they were written: the verified logs and refused calls, reduced by the same collectors into the same tables.
 * @param reverts What replays of its refused calls gave; see `askReverts`.
 * @returns How many logs and refused calls there were.
 */
export async function writePast(
  sql: Sql,
  { chainId, registry, instrument }: Past,
  { from, to }: Range,
  reverts: ReadonlyMap<string, Revert>,
): Promise<number> {
  const { address } = instrument
  await upsertInstruments(sql, chainId, [instrument])
  const watch = watchOne(registry, instrument)
  const range = { chainId, address, from: from + 1n, to }
  const logs = await listPastLogs(sql, range, { registry, topic: linked })
  const refusals = await listPastRefusals(sql, range)
  const calls = refusals.map((call): RevertedCall => ({ ...call, revert: reverts.get(call.hash) ?? null }))
  const routes = routesOf(watch)
  const items: Item[] = [
    ...calls.map((call) => ({ call })),
    ...logs.map((log) => ({
      log,
      // Not to be written a second time, but to be known from its place on, as when its block was read.
      collector:
        log.address === address
          ? collectorOf(routes, address, log.topics[0] ?? '0x', log.blockNumber)!
          : accounts,
    })),
  ]
  items.sort(inOrder)
  const known = await loadKnown(sql, chainId, wantedBy(items, watch), from + 1n)
  const reduced = reduce(known, items, watch)
  for (const collector of collectors) await collector.write(sql, chainId, itsOwn(reduced.rows), reduced.known)
  const data = refusals.map(({ hash, ...place }) => ({ ...place, data: reverts.get(hash)?.data ?? null }))
  await updateRevertData(sql, chainId, data)
  const events = logs.filter((log) => log.address === address).length + refusals.length
  await updateFilled(sql, chainId, address, { from, to, events })
  return events
}

/** What refused calls of these blocks returned, which was not asked when they were written. */
export async function askReverts(
  sql: Sql,
  rpc: Rpc,
  { chainId, instrument: { address } }: Past,
  { from, to }: Range,
): Promise<Map<string, Revert>> {
  const refusals = await listPastRefusals(sql, { chainId, address, from: from + 1n, to })
  if (refusals.length === 0) return new Map()
  const method = 'eth_getTransactionByHash'
  const answers = await rpc.batch(refusals.map(({ hash }) => ({ method, params: [hash] })))
  const asked = refusals.map((call, index) => {
    const { gas } = resultOf(method, answers[index]!) as { gas: `0x${string}` }
    return { header: { parentHash: call.parentHash }, transaction: { ...call, gas: BigInt(gas) } }
  })
  const found = await replay(rpc, asked)
  return new Map(refusals.map(({ hash }, index) => [hash, found[index]!]))
}

/** Only the instrument, also beyond where it was let go before, and who holds accounts. */
const watchOne = (registry: Address | null, instrument: WatchedInstrument): Watch => ({
  ...{ policy: null, roles: null, orders: null, anchor: null },
  registry,
  instruments: new Map([[instrument.address, { ...instrument, endBlock: null }]]),
})

const itsOwn = (rows: Rows): Rows => ({ ...rows, accounts: emptyRows().accounts })

/** The order of the chain: a block's refused calls first, as they are read of a block. */
function inOrder(one: Item, other: Item): number {
  const [a, b] = [placeIn(one), placeIn(other)]
  return a.block === b.block ? a.at - b.at : a.block < b.block ? -1 : 1
}

function placeIn(item: Item): { block: bigint; at: number } {
  if ('log' in item) return { block: item.log.blockNumber, at: item.log.logIndex }
  return { block: item.call.blockNumber, at: item.call.index - 1e9 }
}
