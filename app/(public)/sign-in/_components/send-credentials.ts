import type { Refusal } from '@/lib/errors/refusal'

const unreachable: Refusal = {
  code: 'stale',
  message: 'The portal did not answer. Check your connection and try again.',
}

/** Asks for next-auth's token against forged forms, then sends the credentials with it. Undefined: signed in. */
export async function sendCredentials(username: string, password: string): Promise<Refusal | undefined> {
  try {
    const token = await fetch('/api/auth/csrf', { cache: 'no-store' })
    const { csrfToken } = (await token.json()) as { csrfToken: string }
    const response = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      body: new URLSearchParams({ csrfToken, username, password }),
      cache: 'no-store',
    })
    return response.ok ? undefined : ((await response.json()) as Refusal)
  } catch {
    return unreachable
  }
}
