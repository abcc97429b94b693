import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, base64url. What the browser holds, sealed in next-auth's encrypted cookie. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url')

export const isSessionToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{43}$/.test(value)

/** What the database holds: who reads the table cannot sign in with it. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
