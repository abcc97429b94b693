import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/postgres'
import { makeQbftChain, type QbftBlock, validatorOf } from '../../test/qbft-chain'
import { startRpcServer } from '../../test/rpc-server'
import type { Deployment } from '../chain/deployment'
import { createRpc } from '../chain/rpc'
import { insertRanges, takeClaim } from '../db/ledger/backfill-range'
import { findCursor } from '../db/ledger/chain'
import { chainConfigOf } from './config'
import type { Source } from './fetch/blocks'
import { rebuildProjection } from './rebuild'
import { catchUp, openSession, type Session } from './sync'
import type { ValidatorChange } from './verify/qbft'
import { stage } from './worker/stage'

// A QBFT chain as a node says it, indexed into a real database. Its blocks are made (test/qbft-chain.ts).

const four = ['a', 'b', 'c', 'd'].map(validatorOf)
const fifth = validatorOf('e')
const all = { validators: four }
const five = { validators: [...four, fifth] }
const voted = [all, all, { ...all, vote: [fifth.address, true] as const }, five, five, five, five, five]

let database: FreshDatabase
let pool: pg.Pool
let chainId = 700
let staged: bigint

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.urls.worker, max: 4 })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const deploymentOf = (startBlock: number, validators?: Deployment['validators']): Deployment => {
  const nowhere = `0x${'00'.repeat(20)}` as const
  const contracts = { roles: nowhere, registry: nowhere, policy: nowhere, orders: nowhere, anchor: nowhere }
  const rest = { ordersCodeHash: '0x', instruments: [], ...(validators && { validators }) } as const
  return { chainId, startBlock, ...contracts, ...rest, instruments: [] }
}

/** Indexes a chain under a number of its own up to a block; what its node says of blocks may be other than they are. */
async function index(
  blocks: readonly QbftBlock[],
  upTo: number,
  startBlock = 1,
  pinned?: Deployment['validators'],
  prepare?: (session: Session) => Promise<void>,
) {
  chainId += 1
  const server = await startRpcServer((method, [block]) => {
    if (method === 'eth_chainId') return { result: `0x${chainId.toString(16)}` }
    if (method === 'eth_getBlockReceipts') return { result: [] }
    return { result: blocks.find(({ number }) => number === block) ?? null }
  })
  const config = chainConfigOf(deploymentOf(startBlock, pinned), 0, 'qbft')
  const changes: ValidatorChange[] = []
  const { verification, watch } = config
  const rpc = createRpc(server.rpcUrl)
  const source: Source = { rpc, verification, watch, onValidators: (change) => changes.push(change) }
  try {
    const session = await openSession(pool, source, config)
    await prepare?.(session)
    staged = await catchUp(session, BigInt(upTo))
    return changes
  } finally {
    await server.stop()
  }
}

const indexed = async () => (await findCursor(pool, chainId))?.number

test('blocks that a quorum sealed are written, and a change of validators is told', async () => {
  const changes = await index(await makeQbftChain(voted), 7)
  expect(await indexed()).toBe(7n)
  expect(changes).toEqual([{ block: 3n, added: [fifth.address], removed: [] }])
})

test('when its tables are rebuilt, stored headers are held to their seals and validators again', async () => {
  await index(await makeQbftChain(voted), 7)
  const config = chainConfigOf(deploymentOf(1), 0, 'qbft')
  const urls = { owner: database.ownerUrl, worker: database.urls.worker }
  expect(await rebuildProjection({ live: pool, urls, config })).toMatchObject({ version: 2 })
  const root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  // The last byte of the last seal, which no hash covers.
  await root.query(
    `UPDATE block SET header = jsonb_set(header, '{extraData}', to_jsonb(left(header->>'extraData', -2) || '07'))
     WHERE chain_id = ${chainId} AND number = 5`,
  )
  await root.end()
  const again = rebuildProjection({ live: pool, urls, config })
  await expect(again).rejects.toMatchObject({ code: expect.stringMatching(/^(seal|extra)-/) })
})

test('a block below the quorum is not', async () => {
  const weak = voted.map((making, number) => (number === 5 ? { ...five, sealers: four.slice(0, 3) } : making))
  await expect(index(await makeQbftChain(weak), 7)).rejects.toMatchObject({ code: 'seal-quorum' })
  expect(await indexed()).toBe(0n)
})

test('nor one that five sealed for whom nobody voted', async () => {
  const unvoted = [all, all, all, five, five]
  await expect(index(await makeQbftChain(unvoted), 4)).rejects.toMatchObject({ code: 'validators-changed' })
  expect(await indexed()).toBe(0n)
})

test('validators before the first block are derived from the genesis, and from no later block', async () => {
  const changes = await index(await makeQbftChain(voted), 7, 6)
  expect([await indexed(), changes[0]?.block]).toEqual([7n, 3n])
  const unvoted = [all, all, all, five, five, five, five]
  await expect(index(await makeQbftChain(unvoted), 6, 6)).rejects.toMatchObject({
    code: 'validators-changed',
  })
  expect(await indexed()).toBeUndefined()
})

test('a walk begins at what is pinned, and where headers name nobody that is all there is', async () => {
  const blocks = await makeQbftChain(Array.from({ length: 8 }, () => ({ ...five, unnamed: true })))
  const pin = (fromBlock: number, of: typeof four) => ({
    fromBlock,
    addresses: of.map(({ address }) => address),
  })
  await expect(index(blocks, 7)).rejects.toMatchObject({ code: 'validators-unknown' })
  await index(blocks, 7, 6, [pin(5, five.validators), pin(0, five.validators)])
  expect(await indexed()).toBe(7n)
  await expect(index(blocks, 7, 1, [pin(0, four)])).rejects.toMatchObject({ code: 'seal-outsider' })
})

test('of blocks that another worker staged, too, seals and validators are asked, and a change is told', async () => {
  const makings = [
    ...Array.from({ length: 4 }, () => all),
    ...voted,
    ...Array.from({ length: 8 }, () => five),
  ]
  let refused = 0
  const share = async (session: Session) => {
    session.sharing = { size: 4n, least: 100n, ahead: 4n, onRefused: () => (refused += 1) }
    await insertRanges(pool, chainId, 4n, 11n, 4n)
    const claim = () => takeClaim(pool, chainId, 'another', 10_000)
    for (let each = await claim(); each; each = await claim()) await stage({ ...session, pool }, each, 10_000)
  }
  const changes = await index(await makeQbftChain(makings), 18, 1, undefined, share)
  expect([staged, refused, changes]).toEqual([8n, 0, [{ block: 7n, added: [fifth.address], removed: [] }]])
})
