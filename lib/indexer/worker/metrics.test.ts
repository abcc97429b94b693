import { expect, test } from 'vitest'
import { anyFreePort } from '../../../scripts/local/ports'
import { setUpIndexing } from '../../../test/indexing'
import { upstreamsOf } from '../../chain/upstreams'
import { countFailure, countReorg, registry, serveMetrics } from './metrics'

const { place, index } = setUpIndexing({ seed: 71, blocks: 40 })

/** Samples by name and labels, as Prometheus would read them. */
async function scrape(port: number): Promise<Map<string, number>> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/plain')
  const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

test('says where the index is, what was written, and how each node does', async () => {
  const session = await index()
  const { id: chain } = place.config
  countReorg(chain, 3n)
  countFailure(chain, 'receipts-root')
  const upstreams = upstreamsOf(place.rpc)
  const port = await anyFreePort()
  const stop = serveMetrics(port, place.pool, [{ chain, upstreams }])
  try {
    const samples = await scrape(port)
    const ask = async (statement: string) => Number((await place.pool.query(statement)).rows[0].figure)
    const of = (name: string, labels = '') => samples.get(`${name}{chain="${chain}"${labels}}`)
    expect(of('ethereum_blockchain_height')).toBe(Number(session.cursor.number))
    expect(of('plimsoll_index_lag_blocks')).toBe(0)
    expect(of('plimsoll_index_halted')).toBe(0)
    const mints = await ask(`SELECT count(*) AS figure FROM transfer WHERE cause = 'mint'`)
    expect(of('plimsoll_indexed_events_total', ',type="mint",status="settled"')).toBe(mints)
    const refused = await ask('SELECT count(*) AS figure FROM refused_transfer')
    expect(of('plimsoll_indexed_events_total', ',type="transfer",status="refused"')).toBe(refused)
    const receipts = await ask('SELECT count(*) AS figure FROM receipt')
    expect(of('plimsoll_transaction_gas_used_count')).toBe(receipts)
    expect(of('plimsoll_reorg_depth_blocks_sum')).toBe(3)
    expect(of('plimsoll_verification_failures_total', ',kind="receipts-root"')).toBe(1)
    expect(of('plimsoll_active_accounts')).toBeGreaterThan(0)
    expect(of('plimsoll_rpc_up', `,node="${upstreams.members[0]!.name}"`)).toBe(1)
    expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(404)
  } finally {
    await stop()
    registry.resetMetrics()
  }
})
