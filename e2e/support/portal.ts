import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { signIn } from './sign-in'

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>

type OwnFixtures = {
  /** A page of a browser of its own, in which this person is signed in. */
  as: (username: string, options?: Parameters<Browser['newContext']>[0]) => Promise<Page>
}
type WorkerFixtures = { sessions: Map<string, Kept> }

/** Signing in is one journey's subject; the others begin with a session, opened once for each person. */
export const test = base.extend<OwnFixtures, WorkerFixtures>({
  sessions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      await use(new Map())
    },
    { scope: 'worker' },
  ],
  as: async ({ browser, baseURL, sessions }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (username, options = {}) => {
      const storageState = sessions.get(username)
      const context = await browser.newContext({ baseURL, ...options, storageState })
      contexts.push(context)
      if (!storageState) {
        await signIn(context.request, baseURL!, username)
        sessions.set(username, await context.storageState())
      }
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
})

export { expect }

/** The page with its scripts at work: what is filled in or pressed before that would be lost. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await hydrated(page)
}

export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('button, a, form')].some((element) =>
      Object.keys(element).some((name) => name.startsWith('__reactProps')),
    ),
  )
}
