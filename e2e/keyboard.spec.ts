import type { Locator, Page } from '@playwright/test'
import { demonstrationPassword } from '@/lib/auth/demonstration'
import { expect, hydrated, open, test } from './support/portal'
import { isEffective } from './support/wallet'
import { findPending } from './support/world'

/**
 * Goes on with Tab until something has the focus, as a person does who cannot see how far it is: once round the longest
 * page, a full table with two links a row.
 */
async function tabTo(page: Page, target: Locator, most = 200) {
  for (let step = 0; step < most; step++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${target}`)
}

async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter') {
  await target.waitFor()
  await tabTo(page, target)
  await page.keyboard.press(key)
}

async function type(page: Page, target: Locator, text: string) {
  await tabTo(page, target)
  await page.keyboard.type(text)
}

test('signing in, going about, filtering and deciding need no mouse', async ({ page }) => {
  test.setTimeout(240_000)
  const [customer] = await findPending(1)
  await open(page, '/sign-in')
  await type(page, page.getByLabel('Username'), 'officer')
  await type(page, page.getByLabel('Password'), demonstrationPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/')
  await hydrated(page)

  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: /skip/i })).toBeFocused()
  const navigation = page.getByRole('navigation', { name: 'Main' })
  for (const [place, path] of [
    ['Customers', '/customers'],
    ['Transfers', '/transfers'],
  ] as const) {
    await press(page, navigation.getByRole('link', { name: place }))
    await page.waitForURL((url) => url.pathname === path)
  }

  await press(page, page.locator('summary').filter({ hasText: 'Filters' }))
  const outcome = page.getByLabel('Outcome', { exact: true })
  await tabTo(page, outcome)
  await page.keyboard.type('ref')
  await expect(outcome).toHaveValue('refused')
  await press(page, page.getByRole('button', { name: 'Apply filters' }))
  await page.waitForURL(/outcome=refused/)
  await expect(page.getByRole('list', { name: 'Filters in force' })).toContainText('efused')

  await open(page, `/customers/${customer!.identity}`)
  await press(page, page.getByRole('link', { name: 'Decide KYC' }))
  await page.waitForURL(/\/decide$/)
  await press(page, page.getByRole('radio', { name: 'Verify' }), 'Space')
  await type(page, page.getByLabel('Verification ends on'), `1201${new Date().getUTCFullYear() + 1}`)
  await type(page, page.getByLabel('Evidence reference'), 'File 2026/0413')
  await type(page, page.getByLabel('Reason', { exact: true }), 'K-01')
  await type(page, page.getByLabel('Legal reference'), 'Supervisory practice note 7')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Check your answers' })).toBeFocused()
  await press(page, page.getByRole('button', { name: 'Prepare the order' }), 'Space')
  await page.waitForURL(/\/sign$/)

  await press(page, page.getByRole('button', { name: 'Connect a wallet' }))
  await press(page, page.getByRole('button', { name: 'Demonstration wallet' }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: /· officer$/ }))
  await press(page, page.getByRole('checkbox', { name: /I have compared/ }), 'Space')
  const send = page.getByRole('button', { name: 'Sign and send' })
  await expect(send).toBeEnabled()
  await press(page, send)
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Sign', exact: true }))
  await isEffective(page)
})

test('a focus is always seen', async ({ as }) => {
  const page = await as('officer')
  await open(page, '/transfers')
  for (let step = 0; step < 25; step++) {
    await page.keyboard.press('Tab')
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement as Element)
      return {
        outlineStyle,
        width: Number.parseFloat(outlineWidth),
        on: document.activeElement?.outerHTML.slice(0, 90),
      }
    })
    expect(outline.outlineStyle !== 'none' && outline.width >= 2, outline.on).toBe(true)
  }
})
