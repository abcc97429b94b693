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
import { type Say, StepFailed } from './steps'

const HOUR = 3600

/**
 * Which chain this set-up's database speaks of, and how far its ledger is made. `head` is a block the chain must still
 * have: one that was killed before it wrote its state to disk has lost what came after.
 */
type Record = {
  genesis: string
  /** UNIX seconds: until when the demonstration's history goes; when the ledger was made if there is none. */
  end: number
  demo: boolean
  stage: 'begun' | 'founded' | 'built'
  head?: { number: string; hash: string }
}

const file = 'ledger.json'

/** Of the genesis block, in UNIX seconds. The same at every start: anvil makes block 0 anew and forgets the stored one. */
export const beginsAt = ({ end, demo }: Plan) => (demo ? end - WORLD_SPAN - HOUR : end)

export type Plan = { end: number; demo: boolean }

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
): Promise<string | undefined> {
  const record = state.read<Record>(file)
  if (!record || record.stage === 'begun') return origin === 'new' ? undefined : 'it was left half made'
  if ((await blockHash(rpcUrl, '0x0')) !== record.genesis) {
    return 'the chain is not the one the database speaks of'
  }
  if (record.stage !== (record.demo ? 'built' : 'founded')) return 'it was left half made'
  if (record.head && (await blockHash(rpcUrl, record.head.number)) !== record.head.hash) {
    return 'the chain was killed before it had written all of it to disk'
  }
}

/** What is stored, or else a ledger to be made now, which is stored first: its chain must find the same times again. */
export function planLedger(state: StateDirectory, demo: boolean): Plan {
  const stored = state.read<Record>(file)
  if (stored && demo && !stored.demo) {
    throw new StepFailed('Chain', [
      'this ledger was made without the demonstration, which needs one of its own:',
      'npm run reset throws it away; another PLIMSOLL_STATE keeps both',
    ])
  }
  if (stored) return stored
  const begun: Record = { genesis: '', end: Math.floor(Date.now() / 1000), demo, stage: 'begun' }
  state.write(file, begun)
  return begun
}

async function record(state: StateDirectory, rpcUrl: string, plan: Plan, stage: Record['stage']) {
  const genesis = (await blockHash(rpcUrl, '0x0')) ?? ''
  const block = (await createRpc(rpcUrl).call('eth_getBlockByNumber', 'latest', false)) as {
    number: string
    hash: string
  }
  state.write(file, {
    genesis,
    end: plan.end,
    demo: plan.demo,
    stage,
    head: { number: block.number, hash: block.hash },
  } satisfies Record)
}

/** Deploys the contracts of the embedded chain unless they are there. */
export async function foundIfNeeded(state: StateDirectory, rpcUrl: string, plan: Plan) {
  const deploymentFile = state.path('deployment.json')
  const known = existsSync(deploymentFile) ? state.read<Deployment>('deployment.json') : undefined
  const bare = known ? await listWithoutCode(createRpc(rpcUrl), known) : []
  if (known && bare.length === 0) return { detail: `${known.instruments.length} instruments`, value: known }
  const genesis = (await blockHash(rpcUrl, '0x0')) ?? ''
  state.write(file, { genesis, end: plan.end, demo: plan.demo, stage: 'begun' } satisfies Record)
  const deployment = await foundLedger(rpcUrl, EMBEDDED_CHAIN_ID, BLOCK_SECONDS)
  state.write('deployment.json', deployment)
  await record(state, rpcUrl, plan, 'founded')
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
  await record(state, rpcUrl, stored, 'built')
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
