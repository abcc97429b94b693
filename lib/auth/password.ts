import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** OWASP's N = 2^15, r = 8, p = 3; 32 MiB a derivation. The parameters travel with each hash, so they can rise. */
const cost = { log2N: 15, r: 8, p: 3 }
const keyBytes = 32
export const passwordLength = { min: 12, max: 128 } as const

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

const deriveKey = (password: string, salt: Buffer, { log2N, r, p }: typeof cost) =>
  derive(password.normalize('NFKC'), salt, keyBytes, { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r })

/** @returns `scrypt$log2N$r$p$salt$key`, base64url. Throws on a password that policy does not allow. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < passwordLength.min || password.length > passwordLength.max) {
    throw new RangeError(`A password has ${passwordLength.min} to ${passwordLength.max} characters`)
  }
  const salt = randomBytes(16)
  const key = await deriveKey(password, salt, cost)
  return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(
    '$',
  )
}

/** Takes as long for nobody (`null`) as for somebody, so that time does not tell whether a username exists. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parsed = hash === null ? undefined : parse(hash)
  const salt = parsed?.salt ?? Buffer.alloc(16)
  const key = await deriveKey(password, salt, parsed?.cost ?? cost)
  return timingSafeEqual(key, parsed?.key ?? randomBytes(keyBytes))
}

const shape = /^scrypt\$(\d{2})\$(\d{1,2})\$(\d)\$([\w-]{22})\$([\w-]{43})$/

function parse(hash: string) {
  const match = shape.exec(hash)
  if (!match) throw new Error('A stored password hash has an unknown form')
  const [, log2N, r, p, salt, key] = match
  return {
    cost: { log2N: Number(log2N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt!, 'base64url'),
    key: Buffer.from(key!, 'base64url'),
  }
}
