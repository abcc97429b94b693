import { beforeEach, describe, expect, inject, it } from 'vitest'
import { Browser } from './browser'
import { journalSince, query } from './journal'

const { origin, password } = inject('portal')
const isIn = async (browser: Browser) => (await browser.request('/account')).status === 200
const browser = () => new Browser(origin)

beforeEach(() => query('DELETE FROM attempt'))

describe('a session', () => {
  it('begins with a line in the journal and ends with one', async () => {
    const since = await journalSince()
    const analyst = await browser().signIn('analyst', password)
    expect(await isIn(analyst)).toBe(true)
    const cookie = analyst.session
    const { status, headers } = await analyst.post('/api/auth/signout', '')
    expect([status, headers.get('location')]).toEqual([303, '/sign-in'])
    expect((await since.list()).map(({ act }) => act)).toEqual(['sign-in', 'sign-out'])
    expect(analyst.session).toBeUndefined()
    analyst.cookies.set('plimsoll.session', cookie!)
    expect(await isIn(analyst)).toBe(false)
  })

  it('is a new one at every sign-in, and the old one is dead', async () => {
    const officer = await browser().signIn('officer', password)
    const old = browser()
    old.cookies.set('plimsoll.session', officer.session!)
    await officer.signIn('officer', password)
    expect(officer.session).not.toBe(old.session)
    expect(await isIn(officer)).toBe(true)
    expect(await isIn(old)).toBe(false)
  })

  it('cannot be planted: what a browser brings along is not adopted', async () => {
    const attacker = await browser().signIn('northgate-viewer', password)
    const victim = browser()
    victim.cookies.set('plimsoll.session', attacker.session!)
    await victim.signIn('officer', password)
    expect(victim.session).not.toBe(attacker.session)
    expect(await isIn(attacker)).toBe(false)
  })

  it.each([
    ['was revoked', `UPDATE session SET revoked_at = now()`],
    [
      'expired',
      `UPDATE session SET created_at = now() - interval '9 hours', expires_at = now() - interval '1 second'`,
    ],
    ['was idle', `UPDATE session SET last_seen_at = now() - interval '31 minutes'`],
  ])('is over at the next request when it %s', async (_name, sql) => {
    const auditor = await browser().signIn('auditor', password)
    expect(await isIn(auditor)).toBe(true)
    await query(`${sql} WHERE person_id = (SELECT id FROM person WHERE username = 'auditor')`)
    expect(await isIn(auditor)).toBe(false)
  })

  it('is over at the next request when its person is disabled, and nobody signs in as them', async () => {
    const auditor = await browser().signIn('auditor', password)
    await query(`UPDATE person SET disabled_at = now() WHERE username = 'auditor'`)
    try {
      expect(await isIn(auditor)).toBe(false)
      expect((await browser().tryToSignIn('auditor', password)).status).toBe(403)
    } finally {
      await query(`UPDATE person SET disabled_at = NULL WHERE username = 'auditor'`)
    }
  })

  it('has the role that its person has now', async () => {
    const officer = await browser().signIn('officer', password)
    const ask = () => officer.postJson('/api/rpc', { jsonrpc: '2.0', id: 1, method: 'eth_chainId' })
    expect((await ask()).status).toBe(200)
    await query(`UPDATE person SET role = 'analyst' WHERE username = 'officer'`)
    try {
      expect((await ask()).status).toBe(403)
    } finally {
      await query(`UPDATE person SET role = 'officer' WHERE username = 'officer'`)
    }
  })

  it('is stored as a hash, and the cookie tells nothing', async () => {
    const officer = await browser().signIn('officer', password)
    const { rows } = await query<{ id: string }>('SELECT id FROM session')
    for (const { id } of rows) expect(officer.session).not.toContain(id)
    expect(Buffer.from(officer.session!.split('.')[0]!, 'base64url').toString()).toContain('"enc":"A256GCM"')
  })

  it('is not to be had from the framework’s other addresses', async () => {
    const officer = await browser().signIn('officer', password)
    for (const path of [
      'session',
      'providers',
      'signin',
      'error',
      'verify-request',
      'callback/credentials',
      '_log',
    ]) {
      expect((await officer.request(`/api/auth/${path}`)).status, path).toBe(404)
    }
    for (const path of ['session', 'signin/credentials', '_log']) {
      expect((await officer.postJson(`/api/auth/${path}`, {})).status, path).toBe(404)
    }
  })

  it('is not made by an Authorization header', async () => {
    const officer = await browser().signIn('officer', password)
    for (const authorization of [`Bearer ${officer.session}`, 'Bearer %E0%A4%A']) {
      const { status } = await browser().request('/account', { headers: { authorization } })
      expect([303, 307]).toContain(status)
    }
  })
})

describe('guessing', () => {
  it('has one answer for a wrong password and for nobody, one line each, and no line with what was typed', async () => {
    const since = await journalSince()
    const known = await browser().tryToSignIn('analyst', 'not the password')
    const unknown = await browser().tryToSignIn('nobody-here', 'not the password')
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    expect(known.status).toBe(403)
    const lines = await since.list()
    expect(lines.map(({ act, subject }) => [act, subject])).toEqual([
      ['refused:sign-in', 'analyst'],
      ['refused:sign-in', 'unknown'],
    ])
  })

  it.each(['supervisor', 'nobody-here'])(
    'locks %s after five tries, the right password too',
    async (username) => {
      for (let i = 0; i < 5; i++)
        expect((await browser().tryToSignIn(username, 'wrong wrong wrong')).status).toBe(403)
      const { status, headers } = await browser().tryToSignIn(username, password)
      expect(status).toBe(429)
      const seconds = Number(headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(20)
      expect(seconds).toBeLessThanOrEqual(30)
    },
  )

  it('opens again after the wait, and forgets the tries once somebody is in', async () => {
    for (let i = 0; i < 5; i++) await browser().tryToSignIn('supervisor', 'wrong wrong wrong')
    await query(`UPDATE attempt SET at = at - interval '31 seconds'`)
    await browser().signIn('supervisor', password)
    expect((await browser().tryToSignIn('supervisor', 'wrong wrong wrong')).status).toBe(403)
  })

  it('lets no more through when all come at once', async () => {
    const tries = Array.from({ length: 12 }, () => browser().tryToSignIn('supervisor', 'wrong wrong wrong'))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 403)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(7)
  })

  it('counts a client whatever usernames it tries and addresses it claims', async () => {
    const from = (i: number) => ({ 'x-forwarded-for': `203.0.113.${i}` })
    const statuses: number[] = []
    for (let i = 0; i < 32; i++)
      statuses.push((await browser().tryToSignIn(`guess-${i}`, 'wrong', from(i))).status)
    expect(statuses.indexOf(429)).toBe(30)
  }, 60_000)

  it.each([
    ['a homoglyph', 'оfficer', 403],
    ['fullwidth letters, which mean the same', 'ｏｆｆｉｃｅｒ', 200],
    ['another case', 'Officer', 200],
    ['a NUL', 'officer\u0000', 403],
    ['nothing', '', 403],
    ['much', 'x'.repeat(3000), 403],
  ])('a username with %s', async (_name, username, status) => {
    expect((await browser().tryToSignIn(username, password)).status).toBe(status)
  })

  it('needs the form of this browser', async () => {
    const since = await journalSince()
    const form = new URLSearchParams({ csrfToken: 'made up', username: 'officer', password })
    const other = browser()
    expect((await other.post('/api/auth/callback/credentials', form)).status).toBe(409)
    expect(other.session).toBeUndefined()
    expect(await since.list()).toHaveLength(1)
  })
})
