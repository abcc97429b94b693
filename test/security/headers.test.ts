import { request as ask } from 'node:http'
import { expect, inject, it } from 'vitest'
import { Browser } from './browser'

const { origin } = inject('portal')
const stranger = new Browser(origin)

const powers =
  'accelerometer autoplay camera display-capture geolocation gyroscope hid magnetometer microphone midi payment publickey-credentials-create serial usb xr-spatial-tracking'

const expected = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'nonce-…' 'strict-dynamic'",
    "style-src 'self' 'nonce-…'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "manifest-src 'self'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': powers.replaceAll(' ', '=(), ').concat('=()'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-powered-by': undefined,
  'strict-transport-security': undefined, // http on this machine
}

it.each(['/sign-in', '/api/health', '/transfers', '/no/such/page', '/api/auth/csrf', '/favicon.svg'])(
  'sends the same headers with %s as with any other answer',
  async (path) => {
    const { headers } = await stranger.request(path)
    const sent = (name: string) => headers.get(name)?.replace(/nonce-[\w+/]+=*/g, 'nonce-…')
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, sent(name)]))).toEqual(expected)
    expect(headers.get('cache-control')).toContain('no-store')
  },
)

it('runs scripts by a nonce that is new each time and is on each script of the page', async () => {
  const [first, second] = await Promise.all([stranger.request('/sign-in'), stranger.request('/sign-in')])
  const nonceOf = ({ headers }: typeof first) =>
    /'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)![1]!
  expect(nonceOf(first)).not.toBe(nonceOf(second))
  expect(Buffer.from(nonceOf(first), 'base64').byteLength).toBeGreaterThanOrEqual(16)
  const scripts = first.text.match(/<script\b[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(2)
  for (const script of scripts) expect(script).toContain(`nonce="${nonceOf(first)}"`)
})

it('says nosniff for its static files too', async () => {
  const { text } = await stranger.request('/sign-in')
  const file = /\/_next\/static\/[^"]+\.js/.exec(text)![0]
  const { status, headers } = await stranger.request(file)
  expect(status).toBe(200)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

it('leads whoever says localhost to its one address, and not round in a circle', async () => {
  const twin = new Browser(origin.replace('127.0.0.1', 'localhost'))
  const { status, headers, text } = await twin.request('/transfers?text=%3Cb%3E"&a=1')
  expect(status).toBe(200)
  expect(headers.get('refresh')).toBe(`0; url=${origin}/transfers?text=%3Cb%3E%22&a=1`)
  expect(text).not.toContain('<b>')
})

it('refuses TRACE, which fetch cannot even send', async () => {
  const status = await new Promise((resolve, reject) => {
    ask(`${origin}/sign-in`, { method: 'TRACE' }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(405)
})

it('has no image optimiser', async () => {
  for (const url of ['/favicon.svg', 'http://127.0.0.1:1/x.png', 'http://169.254.169.254/latest']) {
    const { status } = await stranger.request(`/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`)
    expect(status).toBe(404)
  }
})

it('gives a session cookie that no script reads and no other site posts with', async () => {
  const browser = new Browser(origin)
  const { headers } = await browser.tryToSignIn('analyst', inject('portal').password)
  const line = headers.getSetCookie().find((cookie) => cookie.startsWith('plimsoll.session='))
  expect(line).toMatch(/; Path=\//)
  expect(line).toMatch(/; HttpOnly/)
  expect(line).toMatch(/; SameSite=Lax/)
  expect(line).not.toMatch(/Domain=/)
})
