import { expect, open, test } from './support/portal'
import { findRecipient, findSender, pathOf, sendDollars } from './support/world'

test('a transfer mined while the page is open appears behind the pill, without a reload', async ({ as }) => {
  const sender = await findSender()
  const page = await as('analyst')
  await open(page, `/transfers?account=${sender.identity}&min=77.77&max=77.77`)
  const table = page.getByRole('table')
  const before = await table.getByRole('row').count()
  // Gone after a reload of the document, kept by everything that is not one.
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))

  const receipt = await sendDollars(sender, findRecipient(sender), 7_777n)
  expect(receipt.status).toBe('success')

  const pill = page.getByRole('button', { name: /1 new transfer – show/ })
  await expect(pill).toBeVisible()
  expect(await table.getByRole('row').count(), 'rows moved under the reader').toBe(before)
  await pill.click()
  await expect(page.locator(`a[href="${pathOf(receipt)}"]`)).toBeVisible()
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
})

test('paused is paused, and resuming brings what was missed', async ({ as }) => {
  const sender = await findSender()
  const page = await as('analyst')
  await open(page, `/transfers?account=${sender.identity}&min=66.66&max=66.66`)
  await page.getByRole('button', { name: 'Pause live updates' }).click()
  await expect(page.getByRole('banner').getByText('Paused')).toBeVisible()
  const receipt = await sendDollars(sender, findRecipient(sender), 6_666n)
  // Another page says when the index has it, so that this one's silence means something.
  const other = await as('analyst')
  await expect(async () => {
    const answer = await other.goto(pathOf(receipt))
    expect(answer?.status()).toBe(200)
  }).toPass({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: /new transfer/ })).toHaveCount(0)

  await page.getByRole('button', { name: 'Resume live updates' }).click()
  await expect(page.getByRole('button', { name: /1 new transfer – show/ })).toBeVisible()
})
