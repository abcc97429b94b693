import type { APIRequestContext } from '@playwright/test'
import { demonstrationPassword } from '@/lib/auth/demonstration'

/** As the form does it, without the form. @throws if it is refused */
export async function signIn(request: APIRequestContext, origin: string, username: string): Promise<void> {
  const { csrfToken } = await (await request.get(`${origin}/api/auth/csrf`)).json()
  const response = await request.post(`${origin}/api/auth/callback/credentials`, {
    form: { csrfToken, username, password: demonstrationPassword },
    headers: { origin },
  })
  if (!response.ok()) throw new Error(`${username} could not sign in: ${await response.text()}`)
}
