/** `npm run screens`: every page at 1440 and 390 px, light and dark, into docs/screens. Needs a portal that is up. */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { everyPage, type Place, screens, themes } from '../e2e/support/pages'
import { signIn } from '../e2e/support/sign-in'
import { root } from './local/state'
import { findAddress } from './test/address'
import { findBrowser } from './test/browser'

const origin = findAddress()
const only = process.argv[2]
const target = join(root, 'docs/screens')
/** Longer pages are cut here: a picture of a thousand rows shows no more than one of forty. */
const TALLEST = 1_400

const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

async function sessionOf(username: string) {
  const context = await browser.newContext({ baseURL: origin })
  await signIn(context.request, origin, username)
  const state = await context.storageState()
  await context.close()
  return state
}

async function photograph(page: Page, { path }: Place, file: string) {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  if (path.endsWith('/sign'))
    await page.getByText('As deployed').or(page.getByText('There is nothing')).first().waitFor()
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const full = await page.evaluate(() => document.documentElement.scrollHeight)
  const clip = { x: 0, y: 0, width, height: Math.min(Math.max(full, height), TALLEST) }
  await page.screenshot({ path: file, fullPage: true, clip, animations: 'disabled' })
}

const sessions = new Map<string | null, Awaited<ReturnType<typeof sessionOf>> | undefined>([
  [null, undefined],
])
const guide = await browser.newContext({ baseURL: origin, storageState: await sessionOf('officer') })
const places = (await everyPage(await guide.newPage())).filter(({ name }) => !only || name.startsWith(only))
await guide.close()
for (const { username } of places)
  if (!sessions.has(username)) sessions.set(username, await sessionOf(username as string))

mkdirSync(target, { recursive: true })
let bytes = 0
for (const viewport of screens) {
  for (const theme of themes) {
    for (const [username, storageState] of sessions) {
      const context = await browser.newContext({
        baseURL: origin,
        storageState,
        viewport,
        colorScheme: theme,
      })
      const page = await context.newPage()
      for (const place of places.filter((each) => each.username === username)) {
        const file = join(target, `${place.name}-${viewport.width}-${theme}.png`)
        await photograph(page, place, file)
        bytes += statSync(file).size
        console.log(`✓ ${place.name} ${viewport.width} ${theme}`)
      }
      await context.close()
    }
  }
}
await browser.close()
console.log(`${places.length * 4} pictures, ${(bytes / 1e6).toFixed(1)} MB, in docs/screens`)
