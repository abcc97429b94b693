import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { Result } from '@/lib/errors/refusal'

/** Identifiers are no secrets: whoever is signed in can read them from the scripts of the build. */
const manifest = () =>
  JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as {
    node: Record<string, { exportedName: string; workers: Record<string, unknown> }>
  }

/** Asks a server action as its page would, past everything that the page hides. */
export async function postAction(page: Page, name: string, input: unknown): Promise<Result<unknown>> {
  const found = Object.entries(manifest().node).find(([, { exportedName }]) => exportedName === name)
  if (!found) throw new Error(`The build has no action ${name}`)
  const [id, { workers }] = found
  const path = Object.keys(workers)[0]!
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .replace(/\/\([^)]+\)/g, '')
    .replace(/\[[^\]]+\]/g, 'x')
  const { origin } = new URL(page.url())
  const response = await page.request.post(`${origin}${path}`, {
    headers: {
      'next-action': id,
      'content-type': 'text/plain;charset=UTF-8',
      accept: 'text/x-component',
      origin,
    },
    data: JSON.stringify([input]),
  })
  const text = await response.text()
  const answer = /^\d+:(\{"ok":.*\})$/m.exec(text)?.[1]
  if (!answer) throw new Error(`${name} gave ${response.status()}: ${text.slice(0, 400)}`)
  return JSON.parse(answer) as Result<unknown>
}
