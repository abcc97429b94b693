import { expect, test } from 'vitest'
import { setUpIndexing } from '../../../test/indexing'
import { until } from '../../../test/until'
import { findCursor } from '../../db/ledger/chain'
import { runIndexer } from '../worker/run'
import { checkStart } from './check-start'

const { place } = setUpIndexing({ seed: 51, blocks: 5 })

test('a start before the contracts is early, one after them is late, and a node without old state cannot say', async () => {
  const { rpc, config } = place
  expect(await checkStart(rpc, config)).toEqual({ start: 'early' })
  const head = (await place.chain.head()).number
  const late = await checkStart(rpc, { ...config, startBlock: head })
  expect(late).toMatchObject({ start: 'late', addresses: expect.arrayContaining([config.watch.registry]) })
  const batch: typeof rpc.batch = async (calls) =>
    calls.map(() => ({ error: { code: -32000, message: 'missing trie node' } }))
  expect(await checkStart({ ...rpc, batch }, config)).toEqual({ start: 'unknown' })
})

test('a worker says at its first start how it found the first block, and not again', async () => {
  const { pool, rpc, config } = place
  const source = { rpc, verification: config.verification, watch: config.watch }
  const lines: string[] = []
  const log = { info: (_: object, line: string) => void lines.push(line), warn: () => {}, error: () => {} }
  for (let start = 0; start < 2; start++) {
    const stop = new AbortController()
    const running = runIndexer({ pool, source, config, log }, stop.signal)
    await until(async () => lines.filter((line) => line === 'indexing').length === start + 1)
    stop.abort()
    await running
  }
  expect(await findCursor(pool, config.id)).toBeDefined()
  expect(lines.filter((line) => line.includes('before the first block'))).toHaveLength(1)
})
