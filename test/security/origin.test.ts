import { describe, expect, inject, it } from 'vitest'
import { Browser } from './browser'
import { journalSince } from './journal'

const { origin, password } = inject('portal')
const officer = await new Browser(origin).signIn('officer', password)

const foreign: [string, Record<string, string | null>][] = [
  ['no Origin', { origin: null }],
  ['Origin: null', { origin: 'null' }],
  ['another site', { origin: 'https://evil.example' }],
  ['the same host over https', { origin: origin.replace('http:', 'https:') }],
  ['the same host on another port', { origin: 'http://localhost:1' }],
  ['our name as a prefix', { origin: `${origin}.evil.example` }],
  ['a forged host to match', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
  ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
]

const targets: [string, Record<string, string>, string][] = [
  ['/api/rpc', { 'content-type': 'application/json' }, '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}'],
  ['/api/auth/signout', { 'content-type': 'application/x-www-form-urlencoded' }, ''],
  [
    '/api/auth/callback/credentials',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'username=officer',
  ],
  ['/account', { 'next-action': 'f'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' }, '[]'],
  ['/', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'],
]

describe.each(targets)('POST %s', (path, headers, body) => {
  it.each(foreign)('is refused from %s, with one line in the journal', async (_name, where) => {
    const since = await journalSince()
    const { status, text } = await officer.post(path, body, { ...headers, ...where })
    expect(status).toBe(403)
    expect(JSON.parse(text).code).toBe('bad-origin')
    const lines = await since.list()
    expect(lines).toEqual([expect.objectContaining({ act: expect.stringMatching(/^refused:/) })])
    expect(lines[0]!.detail).toMatchObject({ code: 'bad-origin' })
  })
})

it('is served from here', async () => {
  const { status, text } = await officer.postJson('/api/rpc', {
    jsonrpc: '2.0',
    id: 1,
    method: 'eth_chainId',
  })
  expect(status).toBe(200)
  expect(JSON.parse(text)).toEqual({ jsonrpc: '2.0', id: 1, result: '0x7a69' })
})

it('has nothing behind the place where foreign requests go', async () => {
  expect((await officer.post('/api/refused', '')).status).toBe(404)
})

it('is not fooled by a method override', async () => {
  for (const header of ['x-http-method-override', 'x-method-override']) {
    const { status } = await officer.request('/api/rpc', { headers: { [header]: 'POST' } })
    expect(status).toBe(405)
  }
})
