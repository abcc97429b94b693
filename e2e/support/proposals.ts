import type { Page } from '@playwright/test'
import { expect, open } from './portal'

const nextYear = `${new Date().getUTCFullYear() + 1}-12-01`

/** From the customer's page to the signing page. @returns the reference of the order */
export async function prepareVerification(page: Page, identity: string): Promise<string> {
  await open(page, `/customers/${identity}`)
  await page.getByRole('link', { name: 'Decide KYC' }).click()
  await page.getByRole('radio', { name: 'Verify' }).check()
  await page.getByLabel('Verification ends on').fill(nextYear)
  await page.getByLabel('Evidence reference').fill('File 2026/0412')
  await page.getByLabel('Reason', { exact: true }).selectOption('K-01')
  await page.getByLabel('Legal reference').fill('Supervisory practice note 7')
  return confirm(page)
}

/** A firm's limit of 24 hours. @returns the reference of the order */
export async function prepareFirmLimit(page: Page, firm: number, amount: string): Promise<string> {
  await open(page, `/limits/propose?scope=firm&subject=${firm}&window=day`)
  await page.getByLabel('Amount', { exact: true }).fill(amount)
  await page.getByLabel('Reason', { exact: true }).selectOption('L-02')
  await page.getByLabel('Legal reference').fill('Supervisory practice note 7')
  return confirm(page)
}

/** Gives the grounds of a measure and goes on to the signing page. @returns the reference of the order */
export async function confirmMeasure(page: Page, reason = 'M-05'): Promise<string> {
  await page.getByLabel('Reason', { exact: true }).selectOption(reason)
  await page.getByLabel('Legal reference').fill('Supervisory practice note 7')
  return confirm(page)
}

/** From a filled form over the check of answers to the signing page. @returns the reference of the order */
export async function confirm(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Check your answers' })).toBeFocused()
  await page.getByRole('button', { name: 'Prepare the order' }).click()
  await page.waitForURL(/\/orders\/O-\d{4}-\d+\/sign/)
  return referenceOf(page)
}

const referenceOf = (page: Page): string => /\/orders\/([^/]+)\/sign/.exec(page.url())![1]!
