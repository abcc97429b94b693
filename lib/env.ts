import { z } from 'zod'
import type { Deployment } from './chain/deployment'
import { type FurtherChain, readDeployment, readFurtherChains } from './env-chains'
import { environmentShape } from './env-shape'

/**
 * The only reader of process.env. Every process asks `env()`; whatever is wrong is told all at once, one line a
 * mistake, by the name of the variable and never by its value. What needs a connection to be judged is in
 * lib/configuration.ts.
 */
export type DatabaseRole = 'worker' | 'gate' | 'authority' | 'firm'
export type Environment = ReturnType<typeof readEnvironment>
export type Variable = keyof typeof environmentShape
export type Source = Partial<Record<string, string>>
export type Mistake = { variable: Variable; message: string }

export class EnvironmentError extends Error {
  constructor(readonly mistakes: Mistake[]) {
    super(mistakes.map(({ variable, message }) => `${variable} ${message}`).join('\n'))
    this.name = 'EnvironmentError'
  }
}

export const variables = Object.keys(environmentShape) as Variable[]

export const roleVariable = (role: DatabaseRole) =>
  `DATABASE_URL_${role.toUpperCase() as Uppercase<DatabaseRole>}` as const

/** An empty variable is a mistake and not an absent one: `AUTH_SECRET=` in a file is a forgotten value. */
function inspectVariables(source: Source) {
  const empty = variables.filter((variable) => source[variable]?.trim() === '')
  const result = z.object(environmentShape).safeParse(source)
  const mistakes: Mistake[] = empty.map((variable) => ({ variable, message: 'is empty' }))
  for (const issue of result.error?.issues ?? []) {
    const variable = issue.path[0] as Variable
    if (mistakes.some((mistake) => mistake.variable === variable)) continue
    mistakes.push({ variable, message: source[variable] === undefined ? 'is missing' : issue.message })
  }
  return { mistakes, values: result.data }
}

function inspectDeployment(file: string, chainId: string | undefined): Deployment | string {
  const deployment = readDeployment(file)
  if (typeof deployment === 'string' || chainIdOf(chainId) === undefined) return deployment
  if (deployment.chainId === chainIdOf(chainId)) return deployment
  return `is for chain ${deployment.chainId} and not for the chain of CHAIN_ID`
}

const chainIdOf = (text: string | undefined) => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined)

function inspectChains(source: Source): { chains: FurtherChain[]; mistakes: Mistake[] } {
  if (!source.CHAINS_FILE?.trim()) return { chains: [], mistakes: [] }
  const found = readFurtherChains(source.CHAINS_FILE, chainIdOf(source.CHAIN_ID))
  const mistakes = found.filter((each) => typeof each === 'string')
  return {
    chains: found.filter((each) => typeof each !== 'string'),
    mistakes: mistakes.map((message) => ({ variable: 'CHAINS_FILE', message })),
  }
}

/** All mistakes there are, and what could be read in spite of them. Touches nothing but the deployment file. */
export function inspectEnvironment(source: Source) {
  const { mistakes, values } = inspectVariables(source)
  const deployment =
    source.DEPLOYMENT_FILE?.trim() && inspectDeployment(source.DEPLOYMENT_FILE, source.CHAIN_ID)
  const { chains, mistakes: others } = inspectChains(source)
  mistakes.push(...others)
  if (typeof deployment === 'object') return { mistakes, values, deployment, chains }
  if (deployment) mistakes.push({ variable: 'DEPLOYMENT_FILE', message: deployment })
  return { mistakes, values, chains }
}

/** Throws one EnvironmentError with every mistake. */
export function readEnvironment(source: Source) {
  const { mistakes, values, deployment, chains } = inspectEnvironment(source)
  if (mistakes.length > 0 || !values || !deployment) throw new EnvironmentError(mistakes)
  const url = (variable: 'DATABASE_URL' | ReturnType<typeof roleVariable>): string => {
    const value = values[variable]
    if (!value) throw new EnvironmentError([{ variable, message: 'is missing' }])
    return value
  }
  return {
    production: values.NODE_ENV === 'production',
    port: values.PORT,
    /** 'https://portal.example', without a / at the end. */
    publicOrigin: values.PUBLIC_ORIGIN,
    authSecret: values.AUTH_SECRET,
    /** How many reverse proxies stand before us; their X-Forwarded-* is believed, anybody else's is not. */
    trustedProxies: values.TRUSTED_PROXIES,
    sessionHours: values.SESSION_HOURS,
    sessionIdleMinutes: values.SESSION_IDLE_MINUTES,
    /** A process is given the roles it needs and no other, so a missing one is a mistake only where it is used. */
    database: {
      get owner() {
        return url('DATABASE_URL')
      },
      get worker() {
        return url('DATABASE_URL_WORKER')
      },
      get gate() {
        return url('DATABASE_URL_GATE')
      },
      get authority() {
        return url('DATABASE_URL_AUTHORITY')
      },
      get firm() {
        return url('DATABASE_URL_FIRM')
      },
    },
    /** Nodes of the portal's chain, the first preferred where one has to be named. */
    rpcUrls: values.RPC_URL,
    rpcUrl: values.RPC_URL[0]!,
    /** Of each node; undefined: as many as there are. */
    callsPerSecond: values.RPC_CALLS_PER_SECOND,
    chainId: values.CHAIN_ID,
    /** Blocks below the head at which a block counts as final, or what the nodes take for final. */
    finalityDepth: values.FINALITY_DEPTH,
    consensus: values.CONSENSUS,
    /** Chains that the worker indexes beside the portal's own. */
    furtherChains: chains,
    deploymentFile: values.DEPLOYMENT_FILE,
    deployment,
    /** The demonstration: embedded chain with known keys, its accounts shown on the sign-in page. */
    demo: values.DEMO,
    traffic: values.TRAFFIC,
    /** Where the worker serves /metrics, to this machine alone; undefined: nowhere. */
    metricsPort: values.METRICS_PORT,
    logLevel: values.LOG_LEVEL,
  }
}

/** What this process was given, for a check that wants to see everything at once. */
export const given = (): Source =>
  Object.fromEntries(
    variables.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )

let last: { key: string; value: Environment } | undefined

/**
 * Parsed once, never at import: a build has none. In production that is all, for it is asked several times a request;
 * elsewhere it is parsed again if a variable has changed since, as tests do.
 */
export function env(): Environment {
  if (last?.value.production) return last.value
  const key = JSON.stringify(given())
  if (last?.key !== key) last = { key, value: readEnvironment(given()) }
  return last.value
}
