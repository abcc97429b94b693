import { request as httpRequest } from 'node:http'
import { describe, expect, inject, it } from 'vitest'
import { Browser } from './browser'

const { origin } = inject('portal')
const pages = [
  '/',
  '/transfers',
  '/firms',
  '/customers',
  '/limits',
  '/orders',
  '/reports',
  '/integrity',
  '/account',
]
/** Words that only a page behind the sign-in would hold. */
const data = /Northgate|Harbour Payments|As at block|asOf|Lindqvist/

const subrequest = (name: string) => Array(5).fill(name).join(':')
const rsc = { rsc: '1' }
const variants: [string, (path: string) => string, Record<string, string>][] = [
  ['plain', (path) => path, {}],
  ['as a flight', (path) => path, rsc],
  ['as a flight, with its query', (path) => `${path}?_rsc=abcde`, rsc],
  ['as a prefetch', (path) => path, { ...rsc, 'next-router-prefetch': '1' }],
  ['as a segment', (path) => path, { ...rsc, 'next-router-segment-prefetch': '/_tree' }],
  ['.rsc', (path) => (path === '/' ? '/index.rsc' : `${path}.rsc`), rsc],
  ['.segments', (path) => `${path === '/' ? '/index' : path}.segments/_tree.segment.rsc`, rsc],
  ['.prefetch.rsc', (path) => `${path === '/' ? '/index' : path}.prefetch.rsc`, rsc],
  ['past the proxy (middleware)', (path) => path, { 'x-middleware-subrequest': subrequest('middleware') }],
  [
    'past the proxy (src/middleware)',
    (path) => path,
    { 'x-middleware-subrequest': subrequest('src/middleware') },
  ],
  ['past the proxy (proxy)', (path) => path, { 'x-middleware-subrequest': subrequest('proxy') }],
  ['with next-resume', (path) => path, { 'next-resume': '1' }],
  ['under a locale', (path) => `/en${path}`, {}],
  [
    'under _next/data',
    (path) => `/_next/data/build${path === '/' ? '/index' : path}.json`,
    { 'x-nextjs-data': '1' },
  ],
  ['with doubled slashes', (path) => `/${path}`, {}],
  ['with an encoded dot', (path) => `/x/%2e%2e${path}`, {}],
  ['with a forged router state', (path) => path, { ...rsc, 'next-router-state-tree': '%5B%22%22%5D' }],
]

describe.each(['nobody', 'somebody with a made-up cookie'])('%s', (who) => {
  const browser = new Browser(origin)
  if (who !== 'nobody')
    browser.cookies.set('plimsoll.session', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c')

  it.each(variants)('is shown nothing %s', async (_name, toPath, headers) => {
    for (const page of pages) {
      const { status, text } = await browser.request(toPath(page), { headers })
      // 500: the framework's answer to a router state that it cannot read.
      expect([200, 303, 307, 308, 400, 401, 404, 500], `${toPath(page)} gave ${status}`).toContain(status)
      expect(text, toPath(page)).not.toMatch(data)
    }
  })

  it.each(['/api/live', '/api/rpc', '/api/ready/x'])('is shown nothing by %s', async (path) => {
    const { status, text } = await browser.request(path)
    expect([401, 404, 405]).toContain(status)
    expect(text).not.toMatch(data)
  })
})

it('refuses by name who speaks as the framework does to itself', async () => {
  const headers = { 'x-middleware-subrequest': subrequest('proxy') }
  expect((await new Browser(origin).request('/transfers', { headers })).status).toBe(400)
})

it('sends a visitor to the sign-in page, and from there back', async () => {
  const { status, headers } = await new Browser(origin).request('/transfers?firm=2')
  expect(status).toBe(303)
  expect(headers.get('location')).toBe('/sign-in?next=%2Ftransfers%3Ffirm%3D2')
})

it('leads nobody off the portal', async () => {
  const officer = await new Browser(origin).signIn('analyst', inject('portal').password)
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/%2F%2Fevil.example']) {
    const { headers } = await officer.request(`/sign-in?next=${encodeURIComponent(next)}`)
    expect(new URL(headers.get('location') ?? '/', origin).origin).toBe(origin)
  }
})

it('opens no WebSocket to where a stranger points', async () => {
  const { port } = new URL(origin)
  const status = await new Promise<number>((resolve, reject) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'x',
    }
    const request = httpRequest({ port, path: 'http://127.0.0.1:1/latest/meta-data', headers })
    request.on('response', (response) => resolve(response.statusCode ?? 0))
    request.on('upgrade', () => reject(new Error('it upgraded')))
    request.on('error', () => resolve(0)) // hung up on
    request.setTimeout(5000, () => request.destroy())
    request.end()
  })
  expect(status === 0 || status >= 300).toBe(true)
})
