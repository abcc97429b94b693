import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findMistakes } from '@/lib/configuration'
import type { Source, Variable } from '@/lib/env'
import { root } from './state'
import { StepFailed } from './steps'

export type Mode = 'start' | 'dev'

export type Settings = {
  mode: Mode
  /** What the person gave, by the shell or by .env. */
  given: Source
  /** Given, or undefined: then ours to start. */
  databaseUrl: string | undefined
  rpcUrl: string | undefined
  demo: boolean
  traffic: boolean
}

/** Set by the launcher when absent. */
const later: Variable[] = [
  ...([
    'PORT',
    'PUBLIC_ORIGIN',
    'AUTH_SECRET',
    'DATABASE_URL',
    'DEPLOYMENT_FILE',
    'RPC_URL',
    'CHAIN_ID',
  ] as const),
  ...(['DATABASE_URL_WORKER', 'DATABASE_URL_GATE', 'DATABASE_URL_AUTHORITY', 'DATABASE_URL_FIRM'] as const),
]

export function readSettings(mode: Mode): Settings {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  const given = process.env as Source
  const demo = given.DEMO === undefined ? given.RPC_URL === undefined : given.DEMO === '1'
  return {
    mode,
    given,
    databaseUrl: given.DATABASE_URL,
    rpcUrl: given.RPC_URL,
    demo,
    traffic: demo && given.TRAFFIC !== '0',
  }
}

/** Every mistake in what was given, before anything is started. */
export async function checkSettings({ mode, given, databaseUrl, rpcUrl, demo }: Settings): Promise<string> {
  const source: Source = {
    ...given,
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    DEMO: demo ? '1' : '0',
  }
  const needed: Variable[] = rpcUrl ? ['CHAIN_ID', 'DEPLOYMENT_FILE'] : []
  // Roles are made by the launcher, unless the first is given: then somebody else made them, and made all four.
  const ownRoles = given.DATABASE_URL_WORKER === undefined
  const mistakes = await findMistakes(source, {
    needs: ownRoles ? [] : ['worker', 'gate', 'authority', 'firm'],
    later: later.filter((name) => !needed.includes(name) && (ownRoles || !name.startsWith('DATABASE_URL_'))),
  })
  if (mistakes.length > 0) {
    throw new StepFailed(
      'Configuration',
      mistakes.map(({ variable, message }) => `${variable} ${message}`),
    )
  }
  const parts = [
    databaseUrl ? 'given database' : 'embedded database',
    rpcUrl ? 'given chain' : 'embedded chain',
  ]
  return [...parts, ...(demo ? ['demonstration'] : [])].join(', ')
}
