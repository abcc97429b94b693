import { readFileSync } from 'node:fs'
import { describe, expect, inject, it } from 'vitest'
import { Browser } from './browser'
import { journalSince } from './journal'

const { origin, password } = inject('portal')
const stranger = new Browser(origin)
const officer = await new Browser(origin).signIn('officer', password)

const multipart = (parts: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.set(name, value)
  return form
}

/** Every action of the build and a page that it can be asked at. Identifiers are no secrets: they are in the scripts. */
const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as {
  node: Record<string, { exportedName: string; workers: Record<string, unknown> }>
}
const actions = Object.entries(manifest.node).map(([id, { exportedName, workers }]) => {
  const file = Object.keys(workers)[0]!
  const path = file
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .replace(/\/\([^)]+\)/g, '')
    .replace(/\[[^\]]+\]/g, 'x')
  return { id, exportedName, path }
})
const id = actions.find(({ exportedName }) => exportedName === 'revokeSessionAction')!.id
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
    const { status, text: answer } = await browser.post('/account', body, headers)
    // What can be decoded reaches the schema, and its refusal is an answer.
    if (status < 400) expect(answer).toContain('"code":"bad-input"')
    expect(performance.now() - started).toBeLessThan(5000)
    expect((await stranger.request('/api/health')).status).toBe(200)
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  })

  it('larger than 64 kB is too large', async () => {
    const since = await journalSince()
    expect((await browser.post('/account', 'x'.repeat(64 * 1024 + 1), text)).status).toBe(413)
    await expect
      .poll(since.list)
      .toMatchObject([
        { act: 'refused:request', detail: { code: 'too-large', path: '/account', bytes: 64 * 1024 + 1 } },
      ])
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

describe('each action of the build', () => {
  const headers = (action: string) => ({ ...text, 'next-action': action, accept: 'text/x-component' })

  it.each(actions)('$exportedName refuses a stranger, and says so in the journal', async ({ id, path }) => {
    const since = await journalSince()
    const { text: answer } = await stranger.post(path, '[{}]', headers(id))
    expect(answer).toMatch(/"ok":false|signed-out|\/sign-in/)
    expect(answer).not.toMatch(/"ok":true/)
    for (const { act, person_id } of await since.list()) {
      expect(act).toMatch(/^refused:/)
      expect(person_id).toBeNull()
    }
  })

  it.each(actions)('$exportedName refuses what it did not ask for', async ({ id, path }) => {
    const since = await journalSince()
    const hostile = '[{"__proto__":{"role":"administrator"},"role":"administrator","firmId":1,"ok":true}]'
    const { text: answer } = await officer.post(path, hostile, headers(id))
    expect(answer).toContain('bad-input')
    expect(await since.list()).toMatchObject([
      { act: expect.stringMatching(/^refused:/), detail: { code: 'bad-input' } },
    ])
  })
})
