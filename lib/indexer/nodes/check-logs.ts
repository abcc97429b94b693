import type { Pool } from 'pg'
import { type Address, numberToHex } from 'viem'
import { type Upstream, upstreamsOf } from '../../chain/upstreams'
import { finalBlockOf, findChain, findCursor } from '../../db/ledger/chain'
import { type KeptLog, listLogsBetween } from '../../db/ledger/fact'
import { Fault } from '../../errors/fault'
import { decodeLogs } from '../decode/answers'
import type { Source } from '../fetch/blocks'
import type { Watch } from '../watch'
import type { Job } from '../worker/jobs'
import { countFailure } from '../worker/metrics'
import type { Pager } from '../worker/pager'

/** Blocks a time: little enough for any node's limit on answers. */
const window = 64n

/**
 * Compares what each node's own index of logs says with the logs of the verified receipts that are stored: nodes have had
 * such indexes broken (Besu #1153). Nothing here is made of `eth_getLogs`, but others ask the same node. Blocks near the
 * end, where they are final, and some from before, another time others.
 */
export function checkLogsJob(
  pool: Pool,
  source: Source,
  chainId: number,
  pager: Pager,
  random: () => number = Math.random,
): Job {
  const run = async (): Promise<void> => {
    const [chain, cursor] = [await findChain(pool, chainId), await findCursor(pool, chainId)]
    if (!chain || !cursor) return
    const last = finalBlockOf(cursor, chain.finality)
    if (last < chain.startBlock) return
    const before = chain.startBlock + BigInt(Math.floor(random() * Number(last - chain.startBlock)))
    const spans = [last, before].map((to) => ({ from: max(chain.startBlock, to - window + 1n), to }))
    for (const member of upstreamsOf(source.rpc).members) {
      if (member.health.wait(Date.now()) > 0) continue
      await check(pool, member, chainId, spans, addressesOf(source.watch), pager)
    }
  }
  return { name: 'check-logs', everyMs: 10 * 60_000, run }
}

type Span = { from: bigint; to: bigint }

const max = (one: bigint, other: bigint) => (one > other ? one : other)

function addressesOf({ registry, policy, roles, orders, anchor, instruments }: Watch): Address[] {
  const ours = [registry, policy, roles, orders, anchor].filter((address) => address !== null)
  return [...ours, ...instruments.keys()]
}

async function check(
  pool: Pool,
  member: Upstream,
  chainId: number,
  spans: readonly Span[],
  addresses: Address[],
  pager: Pager,
): Promise<void> {
  const { name } = member
  for (const span of spans) {
    const said = await ask(member, span, addresses)
    if (!said) return
    const found = difference(await listLogsBetween(pool, chainId, span, addresses), said)
    if (!found) continue
    countFailure(chainId, 'logs-differ')
    const values = { node: name, ...found, from: String(span.from), to: String(span.to) }
    return pager.raise(
      'PlimsollLogsDiffer',
      values,
      `${name}: eth_getLogs is not what the receipts say`,
      name,
    )
  }
  pager.clear('PlimsollLogsDiffer', name)
}

/** Undefined where the node would not say: it owes us no logs. */
async function ask(
  { rpc }: Upstream,
  { from, to }: Span,
  address: Address[],
): Promise<KeptLog[] | undefined> {
  try {
    const filter = { fromBlock: numberToHex(from), toBlock: numberToHex(to), address }
    return decodeLogs(await rpc.call('eth_getLogs', filter))
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

type Difference = { block: string; lacks: number; adds: number }

function difference(kept: readonly KeptLog[], said: readonly KeptLog[]): Difference | undefined {
  const keyOf = (log: KeptLog) =>
    [log.blockNumber, log.logIndex, log.address, ...log.topics, log.data].join(' ')
  const [ours, theirs] = [new Set(kept.map(keyOf)), new Set(said.map(keyOf))]
  const lacking = kept.filter((log) => !theirs.has(keyOf(log)))
  const added = said.filter((log) => !ours.has(keyOf(log)))
  const [first] = [...lacking, ...added]
    .map(({ blockNumber }) => blockNumber)
    .sort((a, b) => (a < b ? -1 : 1))
  return first === undefined ? undefined : { block: String(first), lacks: lacking.length, adds: added.length }
}
