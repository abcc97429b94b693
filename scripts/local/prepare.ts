import { listOf } from '../../lib/env-shape'
import { generateClient } from '../prisma/generate.mjs'
import { migrate } from '../prisma/migrate'
import type { Book } from './book'
import { buildIfNeeded } from './build'
import { type Database, dropDatabase, nameServer, openEmbeddedDatabase } from './database'
import { discardEmbeddedChain, type EmbeddedChain, keepCopies, openEmbeddedChain } from './embedded-chain'
import type { Plan } from './ledger'
import { identify } from './processes'
import { keepSecrets } from './secrets'
import { endOrphans } from './services'
import { checkSettings, type Settings } from './settings'
import type { StateDirectory } from './state'
import { StepFailed, step, tell } from './steps'
import type { Stops } from './stops'
import { type Environments, planEnvironments } from './surroundings'

type Local = { state: StateDirectory; book: Book; stops: Stops; settings: Settings }

/** Everything the portal's processes need before they start; each step looks first and does only what is missing. */
export async function prepare(local: Local): Promise<Environments> {
  const { state, book, stops, settings } = local
  await step('Prisma', async () => ({
    detail: generateClient() ? 'client generated' : 'client up to date',
    value: undefined,
  }))
  await step('Configuration', async () => ({ detail: await checkSettings(settings), value: undefined }))
  const orphans = await endOrphans(book)
  if (orphans.length > 0) tell('Recovered', `ended ${orphans.join(', ')} of a start that was killed`)
  const secrets = keepSecrets(state)
  const database = await openDatabase(local)
  const { rpcUrl, plan } = await openChain(local, database)
  const roleUrls = await step('Schema', async () => {
    const { length } = await migrate(database.ownerUrl)
    const detail = length > 0 ? `${length} migrations applied` : 'up to date'
    const { provideRoles } = await import('./roles')
    return { detail, value: await provideRoles(database.ownerUrl, settings.given, secrets.databaseSecret) }
  })
  const deploymentFile = await openContracts(local, { rpcUrl, ownerUrl: database.ownerUrl, plan })
  if (settings.mode === 'start') await step('Build', (say) => buildIfNeeded(say, stops.addChild))
  return planEnvironments({ settings, state, book, secrets, roleUrls, rpcUrl, deploymentFile })
}

async function openDatabase({ state, book, stops, settings }: Local): Promise<Database> {
  const { databaseUrl } = settings
  if (databaseUrl) {
    const detail = async () => `given ${await nameServer(databaseUrl)}`
    const value = {
      ownerUrl: databaseUrl,
      maintenanceUrl: databaseUrl,
      embedded: false,
      stop: async () => {},
    }
    return step('Database', async () => ({ detail: await detail(), value }))
  }
  return step('Database', async () => {
    const value = await openEmbeddedDatabase(state, book)
    stops.add('database', value.stop)
    return { detail: `embedded ${await nameServer(value.maintenanceUrl)}`, value }
  })
}

/** The chain, and until when the demonstration's history on it goes. A ledger left half made is thrown away first. */
async function openChain(local: Local, database: Database): Promise<{ rpcUrl: string; plan: Plan }> {
  const { state, settings, stops } = local
  if (settings.rpcUrl) {
    const rpcUrl = settings.rpcUrl
    const hosts = listOf(rpcUrl).map((url) => new URL(url).host)
    return step('Chain', async () => ({
      detail: `given, ${hosts.join(', ')}`,
      value: { rpcUrl, plan: { end: 0, demo: false } },
    }))
  }
  const { beginsAt, findDamage, planLedger } = await import('./ledger')
  let opened: EmbeddedChain | undefined
  stops.add('chain', async () => opened?.stop())
  const open = async () => {
    opened = await openEmbeddedChain(local, beginsAt(planLedger(state, settings.demo)))
    return opened
  }
  const chain = await step('Chain', async () => {
    let value = await open()
    const damage = await findDamage(state, value)
    if (damage) {
      await startAfresh(local, database, damage)
      value = await open()
    }
    return { detail: `embedded anvil on ${new URL(value.rpcUrl).host}, ${value.origin}`, value }
  })
  const copies = keepCopies(state, () => identify(chain.pid) !== undefined)
  stops.add('', copies.stop)
  return { rpcUrl: chain.rpcUrl, plan: planLedger(state, settings.demo) }
}

/** Only ever what is embedded: somebody else's database is not ours to empty. */
async function startAfresh({ state, book }: Local, database: Database, why: string) {
  if (!database.embedded) {
    throw new StepFailed('Chain', [
      `The embedded ledger cannot be used: ${why}.`,
      'It will be made afresh once the given database is empty; then run npm run reset and start again.',
    ])
  }
  tell('Ledger', `${why}: it is made afresh`)
  await discardEmbeddedChain({ state, book })
  await dropDatabase(database)
}

/** Returns where the file lies that says at which addresses the contracts are. */
async function openContracts(
  { state, settings }: Local,
  { rpcUrl, ownerUrl, plan }: { rpcUrl: string; ownerUrl: string; plan: Plan },
): Promise<string> {
  if (settings.given.DEPLOYMENT_FILE) return settings.given.DEPLOYMENT_FILE
  const { buildWorldIfNeeded, foundIfNeeded, seedPeopleAndCustomers } = await import('./ledger')
  const deployment = await step('Contracts', () => foundIfNeeded(state, rpcUrl, plan))
  if (settings.demo) {
    await step('World', (say) => buildWorldIfNeeded(state, rpcUrl, deployment, say))
    await step('People', () => seedPeopleAndCustomers(ownerUrl, deployment.chainId, plan.end))
  }
  return state.path('deployment.json')
}
