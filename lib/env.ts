import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Deployment } from './chain/deployment'
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

/** Enough to tell a deployment from another file; which names it must have is lib/chain's to say. */
const deploymentShape = z.looseObject({
  chainId: z.number(),
  orders: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
})

function inspectDeployment(file: string, chainId: string | undefined): Deployment | string {
  try {
    const result = deploymentShape.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (!result.success) return 'names a file that is no deployment: chainId or orders is missing'
    if (/^\d{1,9}$/.test(chainId ?? '') && result.data.chainId !== Number(chainId)) {
      return `is for chain ${result.data.chainId} and not for the chain of CHAIN_ID`
    }
    return result.data as unknown as Deployment
  } catch (error) {
    return error instanceof SyntaxError ? 'names a file that is not JSON' : 'names a file that cannot be read'
  }
}

/** All mistakes there are, and what could be read in spite of them. Touches nothing but the deployment file. */
export function inspectEnvironment(source: Source) {
  const { mistakes, values } = inspectVariables(source)
  const deployment =
    source.DEPLOYMENT_FILE?.trim() && inspectDeployment(source.DEPLOYMENT_FILE, source.CHAIN_ID)
  if (typeof deployment === 'object') return { mistakes, values, deployment }
  if (deployment) mistakes.push({ variable: 'DEPLOYMENT_FILE', message: deployment })
  return { mistakes, values }
}

/** Throws one EnvironmentError with every mistake. */
export function readEnvironment(source: Source) {
  const { mistakes, values, deployment } = inspectEnvironment(source)
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
    rpcUrl: values.RPC_URL,
    chainId: values.CHAIN_ID,
    /** Blocks below the head at which a block counts as final. */
    finalityDepth: values.FINALITY_DEPTH,
    deploymentFile: values.DEPLOYMENT_FILE,
    deployment,
    /** The demonstration: embedded chain with known keys, its accounts shown on the sign-in page. */
    demo: values.DEMO,
    traffic: values.TRAFFIC,
    logLevel: values.LOG_LEVEL,
  }
}

/** What this process was given, for a check that wants to see everything at once. */
export const given = (): Source =>
  Object.fromEntries(
    variables.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )

let last: { key: string; value: Environment } | undefined

/** Parsed once, and again only if a variable has changed since, as tests do. Never at import: a build has none. */
export function env(): Environment {
  const key = JSON.stringify(given())
  if (last?.key !== key) last = { key, value: readEnvironment(given()) }
  return last.value
}
