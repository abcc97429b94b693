import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker, stopWorker, workerEnv } from '../../../test/chaos'
import { type EmittingChain, startEmittingChain } from '../../../test/emitting-chain'
import { setUpFaults } from '../../../test/faulty'
import { createRandom } from '../../../test/random'
import { until } from '../../../test/until'
import { createRpc } from '../../chain/rpc'
import { findCursor } from '../../db/ledger/chain'
import { chainConfigOf } from '../config'
import { compareWithReindex, isSame } from '../reindex'

// Several chains in one worker. Both have their contracts at the same addresses: only the chain tells their rows apart.

const { place, other, cursor, forge, expectClean } = setUpFaults({ seed: 71, blocks: 15, finality: 0 })
const secondId = 31338
let second: EmittingChain
let directory: string
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  second = await startEmittingChain(createRandom(72), { chainId: secondId })
  await second.addBlocks(12)
  directory = mkdtempSync(join(tmpdir(), 'plimsoll-chains-'))
  const file = (name: string, content: object) => {
    writeFileSync(join(directory, name), JSON.stringify(content))
    return join(directory, name)
  }
  const own = file('own.json', place.chain.deployment)
  file('second.json', second.deployment)
  const chains = [{ deployment: 'second.json', rpcUrls: [second.rpcUrl], finality: 64 }]
  env = {
    ...workerEnv(place.database, place.chain, own),
    RPC_URL: [place.node.rpcUrl, other.node.rpcUrl].join(','),
    FINALITY_DEPTH: '0',
    CHAINS_FILE: file('chains.json', chains),
  }
})
afterAll(async () => {
  await second.stop()
  rmSync(directory, { recursive: true })
})

const isLevel = async (id: number, { hash }: { hash: string }) =>
  (await findCursor(place.pool, id))?.hash === hash
const areLevel = async () =>
  (await isLevel(place.config.id, await place.chain.head())) && (await isLevel(secondId, await second.head()))

test('one worker indexes two chains; one whose nodes disagree freezes alone and is noted', async () => {
  const worker = await startWorker(env)
  await until(areLevel, 60)

  const at = (await cursor())!
  const { lie, hash } = await forge(at.number, { stateRoot: `0x${'5a'.repeat(32)}` })
  other.node.tell(lie)
  await until(async () => (await cursor())?.haltReason?.startsWith('nodes-disagree'))
  await place.chain.addBlocks(2)
  await second.addBlocks(3)
  await until(async () => isLevel(secondId, await second.head()))
  expect((await findCursor(place.pool, secondId))?.haltReason).toBeNull()
  expect((await cursor())?.hash).toBe(at.hash)
  const noted = await place.pool.query('SELECT subject, detail FROM journal WHERE act = $1', ['halt:index'])
  expect(noted.rows).toEqual([
    {
      subject: `chain ${place.config.id}`,
      detail: { block: Number(at.number), hash: at.hash, reason: expect.stringContaining(hash.slice(0, 20)) },
    },
  ])

  other.node.clear()
  await until(areLevel, 60)
  expect((await cursor())?.haltReason).toBeNull()
  await stopWorker(worker)
  await expectClean()
  const config = chainConfigOf(second.deployment, 64)
  const rpc = createRpc(second.rpcUrl)
  const { comparisons } = await compareWithReindex(place.pool, place.database.ownerUrl, rpc, config)
  expect(comparisons.filter((each) => !isSame(each)).map(({ table }) => table)).toEqual([])
}, 180_000)
