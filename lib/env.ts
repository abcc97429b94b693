import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Deployment } from './chain/deployment'

/**
 * The only reader of process.env. Every process asks `env()`; whatever is wrong is told all at once, one line a
 * mistake, by the name of the variable and never by its value. What needs a connection to be judged is in
 * lib/configuration.ts.
 */
export type DatabaseRole = 'worker' | 'gate' | 'authority' | 'firm'
export type Environment = ReturnType<typeof readEnvironment>

export type Mistake = { variable: string; message: string }

export class EnvironmentError extends Error {
  constructor(readonly mistakes: Mistake[]) {
    super(mistakes.map(({ variable, message }) => `${variable}: ${message}`).join('\n'))
    this.name = 'EnvironmentError'
  }
}

const knownSecrets = [
  'changeme',
  'change-me',
  'secret',
  'password',
  'plimsoll',
  'example',
  'nextauth',
  '0123456789',
]

/** Words and short cycles that make a long secret out of a weak one. */
function isGuessable(secret: string): boolean {
  const lower = secret.toLowerCase()
  return new Set(secret).size < 10 || knownSecrets.some((word) => lower.replaceAll(word, '').length < 16)
}

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1')
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)
const hasProtocol = (text: string, protocols: string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)
const postgresUrl = z
  .string()
  .refine((text) => hasProtocol(text, ['postgres:', 'postgresql:']), 'must be a postgresql:// address')
  .refine(
    (text) => !URL.canParse(text) || new URL(text).pathname.length > 1,
    'must name a database after the host',
  )
const isLoopback = (url: URL) => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)

const shape = {
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: whole(1, 65_535).default(3000),
  PUBLIC_ORIGIN: z
    .string()
    .refine((text) => hasProtocol(text, ['http:', 'https:']), 'must be an http:// or https:// origin')
    .refine(
      (text) => !URL.canParse(text) || new URL(text).origin === text,
      'must be an origin alone: no path, no final /',
    )
    .refine(
      (text) => !hasProtocol(text, ['http:']) || isLoopback(new URL(text)),
      'must be https:// unless it is this machine alone (127.0.0.1 or localhost)',
    ),
  AUTH_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32, 'must have at least 32 bytes (openssl rand -base64 48)')
    .refine(
      (text) => Buffer.byteLength(text) < 32 || !isGuessable(text),
      'is a known or guessable value (openssl rand -base64 48)',
    ),
  SESSION_HOURS: whole(1, 24).default(8),
  SESSION_IDLE_MINUTES: whole(5, 240).default(30),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_URL_WORKER: postgresUrl.optional(),
  DATABASE_URL_GATE: postgresUrl.optional(),
  DATABASE_URL_AUTHORITY: postgresUrl.optional(),
  DATABASE_URL_FIRM: postgresUrl.optional(),
  RPC_URL: z
    .string()
    .refine((text) => hasProtocol(text, ['http:', 'https:']), 'must be an http:// or https:// address'),
  CHAIN_ID: whole(1, 999_999_999),
  FINALITY_DEPTH: whole(0, 10_000).default(0),
  DEPLOYMENT_FILE: z.string(),
  DEPLOYER_KEY: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hexadecimal digits')
    .optional(),
  DEMO: flag.default(false),
  TRAFFIC: flag.default(true),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  PLIMSOLL_STATE: z.string().optional(),
}

/** The names this file knows; `.env.example` lists exactly these. */
export const variableNames = Object.keys(shape) as (keyof typeof shape)[]

type Source = Record<string, string | undefined>

/** An empty variable is a mistake of its own and not an absent one: `AUTH_SECRET=` in a file is a forgotten value. */
function parse(source: Source) {
  const mistakes: Mistake[] = []
  const given: Source = {}
  for (const variable of variableNames) {
    const value = source[variable]
    if (value !== undefined && value.trim() === '') mistakes.push({ variable, message: 'is empty' })
    else given[variable] = value
  }
  const result = z.object(shape).safeParse(given)
  for (const issue of result.error?.issues ?? []) {
    const variable = String(issue.path[0])
    if (mistakes.some((mistake) => mistake.variable === variable)) continue
    mistakes.push({ variable, message: given[variable] === undefined ? 'is missing' : wording(issue) })
  }
  return { mistakes, values: result.data }
}

const wording = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_value' && issue.values.length > 2
    ? `must be one of ${issue.values.join(', ')}`
    : issue.message

const deploymentShape = z.looseObject({
  chainId: z.number(),
  orders: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
})

function readDeployment(path: string, chainId: number | undefined, mistakes: Mistake[]) {
  const wrong = (message: string) => void mistakes.push({ variable: 'DEPLOYMENT_FILE', message })
  try {
    const result = deploymentShape.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (!result.success) {
      wrong(`is no deployment: ${result.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)
    } else if (chainId !== undefined && result.data.chainId !== chainId) {
      wrong(`is for chain ${result.data.chainId}, CHAIN_ID says ${chainId}`)
    } else return result.data as unknown as Deployment
  } catch (error) {
    wrong(error instanceof SyntaxError ? 'is not JSON' : 'names a file that cannot be read')
  }
}

/** Pure but for the deployment file. Throws one EnvironmentError with every mistake. */
export function readEnvironment(source: Source) {
  const { mistakes, values } = parse(source)
  const file = source.DEPLOYMENT_FILE?.trim()
  const chainId = /^\d{1,9}$/.test(source.CHAIN_ID ?? '') ? Number(source.CHAIN_ID) : undefined
  const deployment = file ? readDeployment(file, chainId, mistakes) : undefined
  if (mistakes.length > 0 || !values || !deployment) throw new EnvironmentError(mistakes)
  const url = (name: 'DATABASE_URL' | `DATABASE_URL_${Uppercase<DatabaseRole>}`): string => {
    const value = values[name]
    if (!value) throw new EnvironmentError([{ variable: name, message: 'is missing' }])
    return value
  }
  return {
    production: values.NODE_ENV === 'production',
    port: values.PORT,
    publicOrigin: values.PUBLIC_ORIGIN,
    authSecret: values.AUTH_SECRET,
    sessionHours: values.SESSION_HOURS,
    sessionIdleMinutes: values.SESSION_IDLE_MINUTES,
    /** Each process is given the roles it needs and no other, so a missing one is a mistake only when it is used. */
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
    finalityDepth: values.FINALITY_DEPTH,
    deploymentFile: values.DEPLOYMENT_FILE,
    deployment,
    demo: values.DEMO,
    traffic: values.TRAFFIC,
    logLevel: values.LOG_LEVEL,
  }
}

let last: { key: string; value: Environment } | undefined

/** Parsed once, and again only if a variable has changed since (tests set their own). */
export function env(): Environment {
  const key = variableNames.map((name) => process.env[name] ?? '\0').join('\n')
  if (last?.key !== key) last = { key, value: readEnvironment(process.env) }
  return last.value
}
