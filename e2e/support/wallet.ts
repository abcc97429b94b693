import type { Page } from '@playwright/test'
import { expect, open } from './portal'

/** Connects the demonstration's wallet as one of its people. */
export async function connectWallet(
  page: Page,
  person: 'administrator' | 'officer' | 'approver' | 'operator',
) {
  const desk = page.getByRole('checkbox', { name: /I have compared the wallet/ })
  const connect = page.getByRole('button', { name: 'Connect a wallet' })
  await expect(desk.or(connect)).toBeVisible()
  if (await desk.isVisible()) return
  await connect.click()
  await page.getByRole('button', { name: 'Demonstration wallet' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`· ${person}$`) })
    .click()
}

/** Says that wallet and page were compared, asks the wallet, and answers in the wallet's own window. */
export async function sign(page: Page, { answer = 'Sign', button = /^(Sign|Sign and send)$/ } = {}) {
  await page.getByRole('checkbox', { name: /I have compared the wallet/ }).check()
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click()
}

/** Only the indexer can bring an order here. */
export async function isEffective(page: Page) {
  await expect(page.getByRole('status').filter({ hasText: 'the change is in force' }).first()).toBeVisible({
    timeout: 40_000,
  })
}

/** On the signing page of an order that one person may give: signed, sent and in force. */
export async function signAlone(officer: Page): Promise<void> {
  await expect(officer.getByText('Two decoders agree')).toBeVisible()
  await connectWallet(officer, 'officer')
  await sign(officer)
  await isEffective(officer)
}

/** On the signing page of an order of two: the officer signs, and somebody else approves it in a page of their own. */
export async function signByTwo(
  officer: Page,
  reference: string,
  { page, wallet = 'approver' }: { page: Page; wallet?: 'approver' | 'operator' },
): Promise<void> {
  await expect(officer.getByText('Two decoders agree')).toBeVisible()
  await connectWallet(officer, 'officer')
  await sign(officer)
  await expect(officer.getByText('There is nothing for you to sign here')).toBeVisible()
  await open(page, `/orders/${reference}`)
  await page.getByRole('link', { name: 'Review and approve' }).click()
  await expect(page.getByText('Two decoders agree')).toBeVisible()
  await connectWallet(page, wallet)
  await sign(page)
  await isEffective(page)
}
