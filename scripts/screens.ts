/**
 * `npm run screens`: every page at 1440 and 390 px, light and dark, into docs/screens. Needs a portal that is up. With
 * beginnings of names (`npm run screens -- trust people`): those pages alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import sharp from 'sharp'
import { everyPage, type Place, screens, themes } from '../e2e/support/pages'
import { hydrated } from '../e2e/support/portal'
import { signIn } from '../e2e/support/sign-in'
import { root } from './local/state'
import { foreignNames, setControls, setForeign, setStage, stagedNames } from './screens/stage'
import { findAddress } from './test/address'
import { findBrowser } from './test/browser'

const origin = findAddress()
const only = process.argv.slice(2)
const isWanted = (name: string) => only.length === 0 || only.some((start) => name.startsWith(start))
const target = join(root, 'docs/screens')
/** Longer pages are cut here: a picture of a thousand rows shows no more than one of forty. */
const TALLEST = 1_400
/** What is read before it is signed is shown to its end. */
const TALLEST_ORDER = 3_000

const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

async function pageOf(username: string | null): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin })
  if (username) await signIn(context.request, origin, username)
  return context.newPage()
}

async function open(page: Page, path: string) {
  await page.goto(path)
  await hydrated(page)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  if (/\/sign($|\?)/.test(path))
    await page.getByText('As deployed').or(page.getByText('There is nothing')).first().waitFor()
}

/** A palette of 256 colours is a third of the bytes, and nobody sees which colours are missing. */
async function photograph(page: Page, tallest: number): Promise<Buffer> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const full = await page.evaluate(() => document.documentElement.scrollHeight)
  const clip = { x: 0, y: 0, width, height: Math.min(Math.max(full, height), tallest) }
  // Playwright hides the caret by a style on every input, which React would find there if it came to hydrate later.
  const picture = await page.screenshot({ fullPage: true, clip, animations: 'disabled', caret: 'initial' })
  return sharp(picture).png({ palette: true, effort: 8 }).toBuffer()
}

async function photographAll(page: Page, { name, path }: Place): Promise<number> {
  await open(page, path)
  let bytes = 0
  for (const viewport of screens) {
    await page.setViewportSize(viewport)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      const picture = await photograph(page, path.startsWith('/orders/') ? TALLEST_ORDER : TALLEST)
      writeFileSync(join(target, `${name}-${viewport.width}-${theme}.png`), picture)
      bytes += picture.length
    }
  }
  console.log(`✓ ${name}`)
  return bytes
}

const officer = await pageOf('officer')
await setControls()
const staged = stagedNames.some(isWanted) ? await setStage(officer) : []
const supervisor = foreignNames.some(isWanted) ? await pageOf('supervisor') : undefined
// Before the lists are photographed: they show these too.
const foreign = supervisor ? await setForeign(supervisor) : []
const places = [...(await everyPage(officer)), ...staged, ...foreign].filter(({ name }) => isWanted(name))
const pages = new Map<string | null, Page>([['officer', officer]])
mkdirSync(target, { recursive: true })
let bytes = 0
for (const place of places) {
  const page = pages.get(place.username) ?? (await pageOf(place.username))
  pages.set(place.username, page)
  bytes += await photographAll(page, place)
}
await browser.close()
console.log(
  `${places.length * screens.length * themes.length} pictures, ${(bytes / 1e6).toFixed(1)} MB, in docs/screens`,
)
