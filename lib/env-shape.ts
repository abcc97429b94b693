import { z } from 'zod'

const commonSecrets = [
  'changeme',
  'change-me',
  'secret',
  'password',
  'plimsoll',
  'example',
  'nextauth',
  'replace',
]

/** Words and short cycles that make a long secret out of a weak one. */
function isGuessable(secret: string): boolean {
  const rest = commonSecrets.reduce((text, word) => text.replaceAll(word, ''), secret.toLowerCase())
  return rest.length < 24 || new Set(rest).size < 10
}

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']
export const isLoopback = (address: string) =>
  URL.canParse(address) && loopbackHosts.includes(new URL(address).hostname)

const hasProtocol = (text: string, protocols: string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)

export const isNodeAddress = (text: string) => hasProtocol(text, ['http:', 'https:'])

/** Separated by commas or spaces. */
export const listOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

const finalityMistake = 'must be a whole number from 0 to 10000, or finalized'

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1')

/** Both bounds inclusive. */
function whole(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
}

const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, `must be one of ${words.join(', ')}`)

const postgresUrl = z
  .string()
  .refine((text) => hasProtocol(text, ['postgres:', 'postgresql:']), 'must be a postgresql:// address')
  .refine(
    (text) => !URL.canParse(text) || new URL(text).pathname.length > 1,
    'must name a database after the host',
  )

const origin = z
  .string()
  .refine((text) => hasProtocol(text, ['http:', 'https:']), 'must be an http:// or https:// origin')
  .refine(
    (text) => !hasProtocol(text, ['http:', 'https:']) || new URL(text).origin === text,
    'must be an origin alone: no path and no / at the end',
  )
  .refine(
    (text) => !hasProtocol(text, ['http:']) || isLoopback(text),
    'must be https:// unless it is this machine alone (127.0.0.1 or localhost)',
  )

const secret = z
  .string()
  .refine(
    (text) => Buffer.byteLength(text) >= 32,
    'must have at least 32 bytes: make one with openssl rand -base64 48',
  )
  .refine(
    (text) => Buffer.byteLength(text) < 32 || !isGuessable(text),
    'is a known or guessable value: make one with openssl rand -base64 48',
  )

/** Every variable there is. `.env.example` explains exactly these, checked by a test. */
export const environmentShape = {
  NODE_ENV: oneOf('development', 'production', 'test').default('development'),
  PORT: whole(1, 65_535).default(3000),
  PUBLIC_ORIGIN: origin,
  AUTH_SECRET: secret,
  TRUSTED_PROXIES: whole(0, 5).default(0),
  SESSION_HOURS: whole(1, 24).default(8),
  SESSION_IDLE_MINUTES: whole(5, 240).default(30),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_URL_WORKER: postgresUrl.optional(),
  DATABASE_URL_GATE: postgresUrl.optional(),
  DATABASE_URL_AUTHORITY: postgresUrl.optional(),
  DATABASE_URL_FIRM: postgresUrl.optional(),
  RPC_URL: z
    .string()
    .transform(listOf)
    .refine(
      (urls) => urls.length > 0 && urls.every(isNodeAddress),
      'must be an http:// or https:// address, or several',
    )
    .refine((urls) => new Set(urls).size === urls.length, 'names a node twice'),
  RPC_CALLS_PER_SECOND: whole(1, 1_000_000).optional(),
  CHAIN_ID: whole(1, 999_999_999),
  FINALITY_DEPTH: z.union([z.literal('finalized'), whole(0, 10_000)], finalityMistake).default(0),
  CONSENSUS: oneOf('plain', 'qbft').default('plain'),
  DEPLOYMENT_FILE: z.string(),
  CHAINS_FILE: z.string().optional(),
  DEMO: flag.default(false),
  TRAFFIC: flag.default(true),
  METRICS_PORT: whole(1, 65_535).optional(),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
  PLIMSOLL_STATE: z.string().optional(),
}
