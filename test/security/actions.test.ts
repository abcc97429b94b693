import { describe, expect, inject, it } from 'vitest'
import { Browser } from './browser'

const { origin, password } = inject('portal')
const stranger = new Browser(origin)
const officer = await new Browser(origin).signIn('officer', password)

const multipart = (parts: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.set(name, value)
  return form
}
const id = 'f'.repeat(42)
const text = { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' }

/** What broke decoders of this protocol: CVE-2025-55182 and those after it. */
const bodies: [string, BodyInit, Record<string, string>][] = [
  ['nothing', '', text],
  ['no JSON', '{', text],
  ['a self-reference', '["$0"]', text],
  ['a cycle', multipart({ '0': '["$1"]', '1': '["$0"]' }), { 'next-action': id }],
  ['__proto__', '[{"__proto__":{"polluted":true}}]', text],
  ['constructor', multipart({ '0': '["$1:constructor:constructor"]', '1': '{}' }), { 'next-action': id }],
  [
    'then',
    multipart({ '0': '{"then":"$1:__proto__:then","status":"resolved_model"}', '1': '"$@0"' }),
    { 'next-action': id },
  ],
  [
    'a torn multipart',
    '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n[',
    { 'next-action': id, 'content-type': 'multipart/form-data; boundary=x' },
  ],
  ['a multipart without boundary', 'x', { 'next-action': id, 'content-type': 'multipart/form-data' }],
  [
    'many fields',
    multipart(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [i, '1']))),
    { 'next-action': id },
  ],
  ['an action that never was', '[]', { ...text, 'next-action': '0'.repeat(42) }],
  ['no identifier', '[]', { ...text, 'next-action': '../../etc/passwd' }],
  ['a form action', multipart({ $ACTION_ID_00: '' }), {}],
  ['a bound form action', multipart({ $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"x","bound":"$@1"}' }), {}],
]

describe.each([
  ['a stranger', stranger],
  ['an officer', officer],
])('an action of %s', (_who, browser) => {
  it.each(bodies)('with %s is refused quickly and hurts nobody', async (_name, body, headers) => {
    const started = performance.now()
    const { status } = await browser.post('/account', body, headers)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(performance.now() - started).toBeLessThan(5000)
    expect((await stranger.request('/api/health')).status).toBe(200)
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  })

  it('larger than 64 kB is too large', async () => {
    expect((await browser.post('/account', 'x'.repeat(64 * 1024 + 1), text)).status).toBe(413)
  })

  it('that is endless is cut off', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(16 * 1024))
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent++
        if (sent > 2000) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const init = { method: 'POST', body, duplex: 'half', headers: { ...text, origin } } as RequestInit
    const status = await fetch(`${origin}/account`, init).then(
      (it) => it.status,
      () => 0,
    )
    expect(status === 0 || status >= 400).toBe(true)
    expect((await stranger.request('/api/health')).status).toBe(200)
  })
})
