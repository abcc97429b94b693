import { privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import { describe, expect, it } from 'vitest'
import { newNonce, nonceLifetimeMs, provesWallet, readClaim, writeSiweMessage } from './siwe'

const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const terms = { origin: 'https://portal.example', chainId: 31337 }
const issuedAt = new Date('2026-11-22T12:00:00.000Z')
const expiresAt = new Date(issuedAt.getTime() + nonceLifetimeMs)
const nonce = newNonce()
const consumed = { nonce, expiresAt, now: new Date(issuedAt.getTime() + 120_000) }
const fields = { address: account.address, nonce, issuedAt, expirationTime: expiresAt }
const good = writeSiweMessage(terms, fields)
const proves = async (message: string, at = consumed, signer = account) =>
  provesWallet(terms, message, await signer.signMessage({ message }), at)

it('accepts its own message signed by the wallet it names', async () => {
  expect(await proves(good)).toBe(true)
  expect(readClaim(good)).toEqual({ nonce, address: account.address })
})

it('writes a nonce of at least 128 bits, never twice the same', () => {
  expect(nonce).toMatch(/^[0-9a-f]{48}$/)
  expect(newNonce()).not.toBe(nonce)
})

it('serves a portal at an IP address with a port too', async () => {
  const local = { ...terms, origin: 'http://127.0.0.1:3000' }
  const message = writeSiweMessage(local, fields)
  expect(message).toContain('127.0.0.1:3000 wants you to sign in')
  const signature = await account.signMessage({ message })
  expect(await provesWallet(local, message, signature, consumed)).toBe(true)
})

describe('refuses a message', () => {
  const other = (more: object) =>
    createSiweMessage({
      ...fields,
      domain: 'portal.example',
      uri: terms.origin,
      version: '1',
      chainId: terms.chainId,
      statement: 'Bind this wallet to my account on this portal. This approves nothing on the chain.',
      ...more,
    })

  it.each([
    ['of another domain', { domain: 'evil.example' }],
    ['of another port', { domain: 'portal.example:8443' }],
    ['of another uri', { uri: 'https://evil.example' }],
    ['of another chain', { chainId: 1 }],
    ['with another statement', { statement: 'Anything else' }],
    ['with a scheme', { scheme: 'https' }],
    ['with resources', { resources: ['https://portal.example/x'] }],
    ['with a not-before', { notBefore: issuedAt }],
    ['with another nonce', { nonce: newNonce() }],
    ['with the nonce only as part of another', { nonce: `${nonce}00` }],
    ['without expiry', { expirationTime: undefined }],
    ['with a later expiry', { expirationTime: new Date(expiresAt.getTime() + 1) }],
    ['issued 61 s before its nonce', { issuedAt: new Date(issuedAt.getTime() - 61_000) }],
    ['issued 61 s after its nonce', { issuedAt: new Date(issuedAt.getTime() + 61_000) }],
  ])('%s', async (_name, more) => {
    expect(other({})).toBe(good)
    expect(await proves(other(more))).toBe(false)
  })

  it.each([
    ['with an extra line', `${good}\nX: y`],
    ['with CRLF', good.replaceAll('\n', '\r\n')],
    ['with a lower-case address', good.replace(account.address, account.address.toLowerCase())],
    ['of another version', good.replace('Version: 1', 'Version: 2')],
    ['with something before it', `x${good}`],
    ['that is none', 'hello'],
  ])('%s', async (_name, message) => {
    expect(await proves(message)).toBe(false)
  })

  it('at the moment it expires and after', async () => {
    expect(await proves(good, { ...consumed, now: new Date(expiresAt.getTime() - 1) })).toBe(true)
    expect(await proves(good, { ...consumed, now: expiresAt })).toBe(false)
  })

  it('that another wallet signed', async () => {
    expect(await proves(good, consumed, privateKeyToAccount(`0x${'22'.repeat(32)}`))).toBe(false)
  })

  it('with a signature that recovers nobody', async () => {
    expect(await provesWallet(terms, good, `0x${'00'.repeat(65)}`, consumed)).toBe(false)
    expect(await provesWallet(terms, good, `0x${'ff'.repeat(65)}`, consumed)).toBe(false)
  })
})
