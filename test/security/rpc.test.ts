import { describe, expect, inject, it } from 'vitest'
import { Browser } from './browser'
import { journalSince } from './journal'

const { origin, password } = inject('portal')
const officer = await new Browser(origin).signIn('officer', password)
const call = (method: string, params: unknown[] = []) => ({ jsonrpc: '2.0', id: 7, method, params })

describe('the line to the chain', () => {
  it('is open to nobody who is not signed in', async () => {
    const { status } = await new Browser(origin).postJson('/api/rpc', call('eth_chainId'))
    expect(status).toBe(401)
  })

  it.each(['northgate-compliance', 'northgate-viewer', 'analyst', 'auditor', 'administrator'])(
    'is closed to %s, who signs no orders',
    async (username) => {
      const browser = await new Browser(origin).signIn(username, password)
      const since = await journalSince()
      const { status, text } = await browser.postJson('/api/rpc', call('eth_call'))
      expect(status).toBe(403)
      expect(JSON.parse(text).code).toBe('not-permitted')
      expect(await since.list()).toHaveLength(1)
    },
  )

  it.each([
    'eth_sendTransaction',
    'eth_accounts',
    'personal_sign',
    'anvil_setBalance',
    'debug_traceTransaction',
    'eth_newFilter',
    'eth_getLogs',
    'eth_getStorageAt',
  ])('does not offer %s', async (method) => {
    const since = await journalSince()
    const { status, text } = await officer.postJson('/api/rpc', call(method))
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ id: 7, error: { code: -32601 } })
    expect(await since.list()).toEqual([expect.objectContaining({ act: 'refused:rpc', subject: 'officer' })])
  })

  it.each([
    ['more than 20 calls', Array(21).fill(call('eth_chainId'))],
    ['no calls', []],
    ['another version', { ...call('eth_chainId'), jsonrpc: '1.0' }],
    ['a field nobody knows', { ...call('eth_chainId'), url: 'http://169.254.169.254' }],
    ['parameters by name', { ...call('eth_chainId'), params: { a: 1 } }],
    ['a string', 'eth_chainId'],
  ])('refuses %s', async (_name, body) => {
    expect((await officer.postJson('/api/rpc', body)).status).toBe(400)
  })

  it('refuses a body over 64 kB, also one that does not say so', async () => {
    const large = JSON.stringify(call('eth_call', ['x'.repeat(64 * 1024)]))
    expect((await officer.post('/api/rpc', large)).status).toBe(413)
    const body = new Blob([large]).stream()
    const headers = { origin, cookie: officer.cookieHeader(), 'content-type': 'application/json' }
    const response = await fetch(`${origin}/api/rpc`, {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  it('refuses what is no JSON', async () => {
    expect((await officer.post('/api/rpc', '{')).status).toBe(400)
    expect((await officer.post('/api/rpc', new Uint8Array([0xff, 0xfe]))).status).toBe(400)
  })
})
