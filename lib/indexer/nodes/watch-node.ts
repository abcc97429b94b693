import type { Pool } from 'pg'
import { type Upstream, upstreamsOf } from '../../chain/upstreams'
import { deleteNodesExcept, upsertNode } from '../../db/ledger/node'
import { Fault } from '../../errors/fault'
import { fetchHeader, type Source } from '../fetch/blocks'
import type { HeaderVerification } from '../verify/rules'
import type { Job } from '../worker/jobs'

/** Says every few seconds how each node is, whether or not there is anything to index. For who leads the chain. */
export function watchNodesJob(pool: Pool, { rpc, verification }: Source, chainId: number): Job {
  const { members } = upstreamsOf(rpc)
  const versions = new Map<string, string>()
  return {
    name: 'watch-nodes',
    everyMs: 5000,
    run: async () => {
      await deleteNodesExcept(
        pool,
        chainId,
        members.map(({ name }) => name),
      )
      await Promise.all(members.map((member) => watch(pool, chainId, member, verification, versions)))
    },
  }
}

/** A node that rests is left alone: what is known of it is said again. */
async function watch(
  pool: Pool,
  chainId: number,
  { name, rpc, health }: Upstream,
  verification: HeaderVerification,
  versions: Map<string, string>,
) {
  let error: string | null = null
  const rests = health.wait(Date.now()) > 0
  if (!rests) {
    try {
      const header = await fetchHeader(rpc, 'latest', verification)
      health.head = { number: header.number, hash: header.hash }
      if (!versions.has(name)) versions.set(name, String(await rpc.call('web3_clientVersion')).slice(0, 100))
    } catch (failure) {
      if (!(failure instanceof Fault)) throw failure
      error = failure.reason
    }
  }
  const { head, latency, fault } = health
  await upsertNode(pool, chainId, {
    name,
    head: head?.number ?? null,
    hash: head?.hash ?? null,
    version: versions.get(name) ?? null,
    error: error ?? (rests ? (fault?.reason ?? null) : null),
    state: health.state(Date.now()),
    latencyMs: latency,
    fault: fault?.reason ?? null,
    faultAt: fault ? new Date(fault.at) : null,
  })
}
