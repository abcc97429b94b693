import AxeBuilder from '@axe-core/playwright'
import { everyPage, screens, themes } from './support/pages'
import { expect, test } from './support/portal'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What a theme can change: colours. All else is the same page, judged in the light. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** Each page is opened once and looked at in every theme and width. */
test('axe finds nothing on any page, in any theme and width', async ({ as, browser, baseURL }) => {
  test.setTimeout(1_800_000)
  const found: string[] = []
  const pages = new Map([[null as string | null, await (await browser.newContext()).newPage()]])
  for (const { name, path, username } of await everyPage(await as('officer'))) {
    const page = pages.get(username) ?? (await as(username as string))
    pages.set(username, page)
    await page.goto(new URL(path, baseURL).href)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    for (const viewport of screens) {
      await page.setViewportSize(viewport)
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme })
        const where = `${name}, ${theme}, ${viewport.width} px`
        const axe = new AxeBuilder({ page })
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
  }
  expect(found).toEqual([])
})
