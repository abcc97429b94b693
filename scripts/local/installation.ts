import { type Environment, readEnvironment } from '@/lib/env'
import { openBook } from './book'
import { NAME } from './database'
import { EMBEDDED_CHAIN_ID } from './embedded-chain'
import { startPostgres } from './postgres'
import { provideRoles } from './roles'
import { keepSecrets } from './secrets'
import { readSettings } from './settings'
import { openState } from './state'

/**
 * The configuration of the portal that runs here, for commands that look into it: what is configured, and for the rest
 * what its launcher chose. Starts nothing.
 */
export async function findInstallation(): Promise<Environment> {
  const { given, databaseUrl, rpcUrl } = readSettings('start')
  const state = openState()
  const book = openBook(state)
  const { authSecret, databaseSecret } = keepSecrets(state)
  if ((!databaseUrl || !rpcUrl) && !book.otherLauncher()) {
    throw new Error('Nothing runs here: npm start first, or set DATABASE_URL and RPC_URL')
  }
  const ownerUrl = databaseUrl ?? (await startPostgres({ dataDir: state.path('postgres') })).ownerUrl(NAME)
  const roles = await provideRoles(ownerUrl, given, databaseSecret)
  return readEnvironment({
    PUBLIC_ORIGIN: 'http://127.0.0.1:3000',
    AUTH_SECRET: authSecret,
    CHAIN_ID: String(EMBEDDED_CHAIN_ID),
    DEPLOYMENT_FILE: state.path('deployment.json'),
    ...(rpcUrl === undefined && { FINALITY_DEPTH: '64' }),
    ...given,
    RPC_URL: rpcUrl ?? `http://127.0.0.1:${book.ports.chain}`,
    DATABASE_URL: ownerUrl,
    DATABASE_URL_WORKER: roles.worker,
    DATABASE_URL_GATE: roles.gate,
  })
}
