import AxeBuilder from '@axe-core/playwright'
import { everyPage, screens, themes } from './support/pages'
import { expect, test } from './support/portal'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const viewport of screens) {
  for (const theme of themes) {
    test(`axe finds nothing on any page, ${theme}, ${viewport.width} px`, async ({
      as,
      browser,
      baseURL,
    }) => {
      test.setTimeout(900_000)
      const found: string[] = []
      const options = { viewport, colorScheme: theme }
      const pages = new Map([[null as string | null, await (await browser.newContext(options)).newPage()]])
      for (const { name, path, username } of await everyPage(await as('officer'))) {
        const page = pages.get(username) ?? (await as(username as string, options))
        pages.set(username, page)
        await page.goto(new URL(path, baseURL).href)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
        for (const { id, nodes, help } of violations)
          found.push(`${name}: ${id} (${help}) ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
        if (wide) found.push(`${name}: the page scrolls sideways`)
      }
      expect(found).toEqual([])
    })
  }
}
