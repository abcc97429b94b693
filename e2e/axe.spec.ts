import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { everyPage, type Place, screens, themes } from './support/pages'
import { expect, test } from './support/portal'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What a theme can change: colours. All else is the same page, judged in the light. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** Pages judged at a time: as many as the least of machines has cores. */
const lanes = 2

/** Each page is opened once and looked at in every theme and width. */
test('axe finds nothing on any page, in any theme and width', async ({ as, browser, baseURL }) => {
  test.setTimeout(1_800_000)
  const places = await everyPage(await as('officer'))
  const usernames = [...new Set(places.map(({ username }) => username))]
  const found: string[] = []
  const judgeLane = async (lane: number) => {
    for (const username of usernames) {
      const theirs = places.filter((place) => place.username === username)
      const page = username ? await as(username) : await (await browser.newContext({ baseURL })).newPage()
      for (const place of theirs.filter((_, at) => at % lanes === lane))
        found.push(...(await judge(page, place)))
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => judgeLane(lane)))
  expect(found).toEqual([])
})

async function judge(page: Page, { name, path }: Place): Promise<string[]> {
  const found: string[] = []
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  for (const viewport of screens) {
    await page.setViewportSize(viewport)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      const where = `${name}, ${theme}, ${viewport.width} px`
      // Without a list of all that is right, and without a page of its own to sum up frames, of which there are none:
      // a third of the time.
      const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
      const { violations } = await (theme === 'light'
        ? axe.withTags(standards)
        : axe.withRules(ofColours)
      ).analyze()
      for (const { id, nodes, help } of violations)
        found.push(`${where}: ${id} (${help}) ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
      if (wide) found.push(`${where}: the page scrolls sideways`)
    }
  }
  return found
}
