import type { Page } from '@playwright/test'
import { expect, open } from './portal'

/** Asks for a register and waits until the worker has written it. @returns where the file is */
export async function createReport(page: Page, { firm }: { firm: string }): Promise<string> {
  await open(page, '/reports/request')
  await page.getByLabel('Firm', { exact: true }).selectOption(firm)
  await page.getByRole('button', { name: 'Count the rows' }).click()
  await page.getByRole('button', { name: 'Request the register' }).click()
  await page.waitForURL(/\/reports$/)
  const newest = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 2 }) })
    .first()
  await expect(newest.getByText('Ready')).toBeVisible({ timeout: 40_000 })
  return (await newest.getByRole('link', { name: /^Download/ }).getAttribute('href'))!
}
