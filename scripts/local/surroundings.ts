import type { RoleUrls } from '@/lib/db/roles'
import type { Book } from './book'
import { EMBEDDED_CHAIN_ID } from './embedded-chain'
import { isFree, nextFreePort } from './ports'
import type { keepSecrets } from './secrets'
import type { Settings } from './settings'
import type { StateDirectory } from './state'
import { StepFailed } from './steps'

export type Environments = {
  address: string
  port: number
  web: NodeJS.ProcessEnv
  worker: NodeJS.ProcessEnv
  /** Undefined: no generated traffic. */
  traffic: NodeJS.ProcessEnv | undefined
}

type Parts = {
  settings: Settings
  state: StateDirectory
  book: Book
  secrets: ReturnType<typeof keepSecrets>
  roleUrls: RoleUrls
  rpcUrl: string
  deploymentFile: string
}

/** Of the shell's variables only these: a process sees no database role and no key but its own. */
const harmless = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NO_COLOR',
]
const passedOn = [
  ...['TRUSTED_PROXIES', 'SESSION_HOURS', 'SESSION_IDLE_MINUTES', 'FINALITY_DEPTH', 'LOG_LEVEL', 'TRAFFIC'],
  ...['RPC_CALLS_PER_SECOND', 'CONSENSUS', 'CHAINS_FILE'],
] as const

const pick = (names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )

export async function planEnvironments(parts: Parts): Promise<Environments> {
  const { settings, state, book, secrets, roleUrls, rpcUrl, deploymentFile } = parts
  const { given, mode } = settings
  const port = await choosePort('PORT', given.PORT, book.ports.web, 3000)
  book.rememberPort('web', port)
  const metricsPort = await choosePort('METRICS_PORT', given.METRICS_PORT, book.ports.metrics, 9464)
  book.rememberPort('metrics', metricsPort)
  const common: NodeJS.ProcessEnv = {
    ...pick(harmless),
    // After a kill -9 the embedded chain begins a little before where it was: those blocks must not count as final.
    ...(settings.rpcUrl === undefined && { FINALITY_DEPTH: '64' }),
    ...pick(passedOn),
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    PORT: String(port),
    PUBLIC_ORIGIN: given.PUBLIC_ORIGIN ?? `http://127.0.0.1:${port}`,
    AUTH_SECRET: given.AUTH_SECRET ?? secrets.authSecret,
    RPC_URL: rpcUrl,
    CHAIN_ID: given.CHAIN_ID ?? String(EMBEDDED_CHAIN_ID),
    DEPLOYMENT_FILE: deploymentFile,
    DEMO: settings.demo ? '1' : '0',
    PLIMSOLL_STATE: state.dir,
    NEXT_TELEMETRY_DISABLED: '1',
    // Next would read .env by itself and hand the web process what is not for it.
    __NEXT_PROCESSED_ENV: 'true',
  }
  return {
    address: common.PUBLIC_ORIGIN ?? '',
    port,
    web: {
      ...common,
      DATABASE_URL_GATE: roleUrls.gate,
      DATABASE_URL_AUTHORITY: roleUrls.authority,
      DATABASE_URL_FIRM: roleUrls.firm,
    },
    worker: { ...common, DATABASE_URL_WORKER: roleUrls.worker, METRICS_PORT: String(metricsPort) },
    traffic: settings.traffic ? common : undefined,
  }
}

/** A port that was asked for is used or refused; otherwise the one of last time, or the next free one. */
async function choosePort(
  variable: 'PORT' | 'METRICS_PORT',
  asked: string | undefined,
  remembered: number | undefined,
  first: number,
): Promise<number> {
  if (asked === undefined) {
    return remembered && (await isFree(remembered)) ? remembered : nextFreePort(first)
  }
  if (await isFree(Number(asked))) return Number(asked)
  throw new StepFailed('Portal', [
    `port ${asked} is taken by another program: free it, or set another ${variable}`,
  ])
}
