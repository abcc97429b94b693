import type { Pool } from 'pg'
import type { Rpc } from '../chain/rpc'
import { upsertNode } from '../db/ledger/node'
import { Fault } from '../errors/fault'
import { fetchHeader } from './fetch'
import type { Job } from './jobs'

/** Says every few seconds what the node has, whether or not there is anything to index. */
export function watchNodeJob(pool: Pool, rpc: Rpc, chainId: number): Job {
  const name = new URL(rpc.url).host
  const nothing = { name, head: null, hash: null, version: null, error: null }
  return {
    name: 'watch-node',
    everyMs: 5000,
    run: async () => {
      try {
        const header = await fetchHeader(rpc, 'latest')
        const version = String(await rpc.call('web3_clientVersion')).slice(0, 100)
        await upsertNode(pool, chainId, {
          name,
          head: header.number,
          hash: header.hash,
          version,
          error: null,
        })
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        await upsertNode(pool, chainId, { ...nothing, error: error.reason })
      }
    },
  }
}
