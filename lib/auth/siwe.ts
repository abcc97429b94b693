import { randomBytes } from 'node:crypto'
import { type Address, type Hex, isAddressEqual, recoverMessageAddress } from 'viem'
import { createSiweMessage, parseSiweMessage } from 'viem/siwe'

/** What this server expects of a message. Nothing of it is taken from the message itself. */
export type SiweTerms = { origin: string; chainId: number }

export const nonceLifetimeMs = 5 * 60_000
const skewMs = 60_000
const statement = 'Bind this wallet to my account on this portal. This approves nothing on the chain.'

/** 192 random bits; EIP-4361 wants letters and digits alone. */
export const newNonce = (): string => randomBytes(24).toString('hex')

export type SiweFields = { address: Address; nonce: string; issuedAt: Date; expirationTime: Date }

/** The one form of an EIP-4361 message that is accepted back, character for character. */
export function writeSiweMessage({ origin, chainId }: SiweTerms, fields: SiweFields): string {
  // viem knows no domain of an IP address with a port (http://127.0.0.1:3000), which EIP-4361 allows.
  const message = createSiweMessage({
    ...fields,
    domain: 'localhost',
    uri: origin,
    version: '1',
    chainId,
    statement,
  })
  return message.replace(/^localhost/, new URL(origin).host)
}

/** Only the nonce and the address a message claims; both are believed after `provesWallet` alone. */
export function readClaim(message: string): { nonce: string; address: Address } | undefined {
  const { nonce, address } = parseSiweMessage(message)
  return nonce && address ? { nonce, address } : undefined
}

/**
 * Whether the message is ours and its address signed it. Rather than compare field by field, the message is written
 * again from what we expect and must be the same text: another domain, port, chain, version or statement, a lower-case
 * address, an extra line, a resource or a CRLF all differ.
 * @param consumed when the nonce, taken from the database and gone from it by now, expires and what time it is there
 */
export async function provesWallet(
  terms: SiweTerms,
  message: string,
  signature: Hex,
  consumed: { nonce: string; expiresAt: Date; now: Date },
): Promise<boolean> {
  const { address, issuedAt, expirationTime } = parseSiweMessage(message)
  if (!address || !issuedAt || !expirationTime || Number.isNaN(issuedAt.getTime())) return false
  const issued = consumed.expiresAt.getTime() - nonceLifetimeMs
  if (Math.abs(issuedAt.getTime() - issued) > skewMs || consumed.now >= consumed.expiresAt) return false
  if (expirationTime.getTime() !== consumed.expiresAt.getTime()) return false
  const expected = writeSiweMessage(terms, { address, nonce: consumed.nonce, issuedAt, expirationTime })
  if (message !== expected) return false
  const signer = await recoverMessageAddress({ message, signature }).catch(() => undefined)
  return signer !== undefined && isAddressEqual(signer, address)
}
