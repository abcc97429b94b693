import { expect } from 'vitest'

type HeaderWishes = Record<string, string | null>
type Wishes = Omit<RequestInit, 'headers'> & { headers?: HeaderWishes }
export type Answer = { status: number; headers: Headers; text: string }

/**
 * A browser as far as a server can see it: keeps cookies, follows nothing, and says where a request came from. Each
 * header may be overridden or, with `null`, left out.
 */
export class Browser {
  readonly cookies = new Map<string, string>()

  constructor(readonly origin: string) {}

  async request(path: string, init: Wishes = {}): Promise<Answer> {
    const method = init.method ?? 'GET'
    const defaults: Record<string, string> = { cookie: this.cookieHeader() }
    if (method !== 'GET' && method !== 'HEAD') defaults.origin = this.origin
    const headers = new Headers()
    for (const [name, value] of Object.entries({ ...defaults, ...init.headers }))
      if (value) headers.set(name, value)
    const response = await fetch(this.origin + path, { ...init, method, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  post(path: string, body: BodyInit, headers: HeaderWishes = {}): Promise<Answer> {
    return this.request(path, { method: 'POST', body, headers })
  }

  postJson(path: string, body: unknown, headers: HeaderWishes = {}): Promise<Answer> {
    return this.post(path, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
  }

  async tryToSignIn(username: string, password: string, headers: HeaderWishes = {}): Promise<Answer> {
    const { csrfToken } = JSON.parse((await this.request('/api/auth/csrf')).text) as { csrfToken: string }
    const form = new URLSearchParams({ csrfToken, username, password })
    return this.post('/api/auth/callback/credentials', form, headers)
  }

  async signIn(username: string, password: string): Promise<this> {
    const { status, text } = await this.tryToSignIn(username, password)
    expect(status, text).toBe(200)
    return this
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  get session(): string | undefined {
    return [...this.cookies].find(([name]) => name.endsWith('plimsoll.session'))?.[1]
  }

  #keep(line: string): void {
    const [pair, ...attributes] = line.split('; ')
    const [name, ...value] = pair!.split('=')
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name!)
    else this.cookies.set(name!, value.join('='))
  }
}
