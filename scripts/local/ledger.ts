import { existsSync } from 'node:fs'
import pg from 'pg'
import { demonstrationPeople } from '@/lib/auth/demonstration'
import type { Deployment } from '@/lib/chain/deployment'
import { createRpc } from '@/lib/chain/rpc'
import { listWithoutCode } from '@/lib/configuration'
import { closeDatabase, connectDatabase } from '@/lib/db/client'
import { foundLedger } from '@/prisma/seed/found'
import { seedPeople } from '@/prisma/seed/people'
import { SEED, WORLD_SPAN } from '@/prisma/seed/plan'
import { seedCustomers } from '@/prisma/seed/register'
import { buildWorld } from '@/prisma/seed/world'
import { BLOCK_SECONDS, EMBEDDED_CHAIN_ID, type EmbeddedChain } from './embedded-chain'
import type { StateDirectory } from './state'
import type { Say } from './steps'

const HOUR = 3600

/**
 * Which chain this set-up's database speaks of, and how far its ledger is made. `head` is a block the chain must still
 * have: one that was killed before it wrote its state to disk has lost what came after.
 */
type Record = {
  genesis: string
  /** UNIX seconds: until when the demonstration's history goes. */
  end: number
  stage: 'begun' | 'founded' | 'built'
  head?: { number: string; hash: string }
}

const file = 'ledger.json'

export const beginsAt = (end: number) => end - WORLD_SPAN - HOUR

const blockHash = async (rpcUrl: string, number: string): Promise<string | undefined> => {
  const block = (await createRpc(rpcUrl).call('eth_getBlockByNumber', number, false)) as {
    hash: string
  } | null
  return block?.hash
}

/** What is wrong with the stored ledger, in words; undefined if all is well or nothing is stored. */
export async function findDamage(
  state: StateDirectory,
  { rpcUrl, origin }: EmbeddedChain,
  demo: boolean,
): Promise<string | undefined> {
  const record = state.read<Record>(file)
  if (!record) return origin === 'new' ? undefined : 'it was left half made'
  if ((await blockHash(rpcUrl, '0x0')) !== record.genesis)
    return 'the chain is not the one the database speaks of'
  const stage = demo ? 'built' : 'founded'
  if (record.stage !== 'built' && record.stage !== stage) return 'it was left half made'
  if (record.head && (await blockHash(rpcUrl, record.head.number)) !== record.head.hash) {
    return 'the chain was killed before it had written all of it to disk'
  }
}

export function readStored(state: StateDirectory): Record | undefined {
  return state.read<Record>(file)
}

async function record(state: StateDirectory, rpcUrl: string, end: number, stage: Record['stage']) {
  const genesis = (await blockHash(rpcUrl, '0x0')) ?? ''
  const block = (await createRpc(rpcUrl).call('eth_getBlockByNumber', 'latest', false)) as {
    number: string
    hash: string
  }
  state.write(file, {
    genesis,
    end,
    stage,
    head: { number: block.number, hash: block.hash },
  } satisfies Record)
}

/** Deploys the contracts of the embedded chain unless they are there. */
export async function foundIfNeeded(state: StateDirectory, rpcUrl: string, end: number) {
  const deploymentFile = state.path('deployment.json')
  const known = existsSync(deploymentFile) ? state.read<Deployment>('deployment.json') : undefined
  const bare = known ? await listWithoutCode(createRpc(rpcUrl), known) : []
  if (known && bare.length === 0) return { detail: `${known.instruments.length} instruments`, value: known }
  const genesis = (await blockHash(rpcUrl, '0x0')) ?? ''
  state.write(file, { genesis, end, stage: 'begun' } satisfies Record)
  const deployment = await foundLedger(rpcUrl, EMBEDDED_CHAIN_ID, BLOCK_SECONDS)
  state.write('deployment.json', deployment)
  await record(state, rpcUrl, end, 'founded')
  return { detail: `deployed, ${deployment.instruments.length} instruments`, value: deployment }
}

/** The demonstration's history, once. */
export async function buildWorldIfNeeded(
  state: StateDirectory,
  rpcUrl: string,
  deployment: Deployment,
  say: Say,
) {
  const stored = state.read<Record>(file)
  if (!stored || stored.stage === 'built') return { detail: 'made before', value: undefined }
  // A ledger without customers is whole; one with half of them is not.
  state.write(file, { ...stored, stage: 'begun' } satisfies Record)
  const world = await buildWorld({
    rpcUrl,
    deployment,
    seed: SEED,
    end: stored.end,
    blockSeconds: BLOCK_SECONDS,
    progress: (done, total) => say(`${done} of ${total} transfers`),
  })
  await record(state, rpcUrl, stored.end, 'built')
  return { detail: `made: ${world.transactions} transactions in ${world.blocks} blocks`, value: undefined }
}

/** Who signs in, and what firms tell of their customers: off chain, so it is written as the owner of the schema. */
export async function seedPeopleAndCustomers(ownerUrl: string, chainId: number, end: number) {
  if (await hasPeople(ownerUrl)) return { detail: 'known', value: undefined }
  connectDatabase({ owner: ownerUrl })
  await seedPeople({ chainId })
  const customers = await seedCustomers({ chainId, seed: SEED, end })
  await closeDatabase()
  return { detail: `${customers} customers`, value: undefined }
}

/** Hashing passwords and telling a thousand customers again takes seconds, so we look first. */
async function hasPeople(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ people: string; told: boolean }>(
      'SELECT count(*) AS people, EXISTS (SELECT FROM customer) AS told FROM person',
    )
    return rows[0]?.told === true && Number(rows[0].people) >= demonstrationPeople.length
  } finally {
    await client.end()
  }
}
