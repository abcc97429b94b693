import type { Page } from '@playwright/test'
import { freezeFor } from '../support/measures'
import { expect, open, test } from '../support/portal'
import { createReport } from '../support/reports'
import { findBystander, findPending, findRecipient, findSender, pathOf, sendDollars } from '../support/world'

// That SQL as plimsoll_firm returns nothing of others is shown by lib/db/roles.test.ts and lib/db/access.test.ts.

const [NORTHGATE, HARBOUR, OTHER] = [1, 2, 7]

/** Not even that it exists: the answer is that of an address nobody ever had. */
async function isNowhere(page: Page, path: string) {
  const response = await page.goto(path)
  expect([200, 404], path).toContain(response?.status())
  await expect(page.getByRole('heading', { name: 'There is no such page' }), path).toBeVisible()
}

test('a page of another firm is not there', async ({ as }) => {
  const page = await as('northgate-compliance')
  const [stranger] = await findPending(1, HARBOUR)
  await isNowhere(page, `/firms/${HARBOUR}`)
  await isNowhere(page, `/customers/${stranger!.identity}`)
  await isNowhere(page, `/customers/${stranger!.identity}/decide`)
  await isNowhere(page, `/measures/propose?kind=freeze&identity=${stranger!.identity}`)
  await isNowhere(page, '/integrity')
  await isNowhere(page, '/people')
  await open(page, `/firms/${NORTHGATE}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Northgate')
})

test('a transfer between two other firms is not there, and no filter finds it', async ({ as }) => {
  const sender = await findSender(HARBOUR)
  const receipt = await sendDollars(sender, findRecipient(sender, OTHER), 1_234n)
  expect(receipt.status).toBe('success')
  const authority = await as('analyst')
  await expect(async () => {
    await authority.goto(pathOf(receipt))
    await expect(authority.getByRole('heading', { level: 1 })).not.toHaveText('There is no such page', {
      timeout: 500,
    })
  }).toPass({ timeout: 30_000 })

  const page = await as('northgate-compliance')
  await isNowhere(page, pathOf(receipt))
  for (const query of [
    `tx=${receipt.transactionHash}`,
    `account=${sender.identity}`,
    `firm=${HARBOUR}&firm=${OTHER}`,
  ]) {
    await page.goto(`/transfers?${query}`)
    await expect(page.locator(`a[href="${pathOf(receipt)}"]`), query).toHaveCount(0)
  }
  await page.goto(`/search?q=${receipt.transactionHash}`)
  await expect(page.locator(`a[href^="/transfers/${receipt.blockNumber}"]`)).toHaveCount(0)
})

test('lists hold one’s own alone', async ({ as }) => {
  const page = await as('northgate-viewer')
  await page.goto('/firms')
  await expect(page).toHaveURL(/\/firms\/1$/)
  const others = /Harbour|Sextant|Meridian|Ostrava|Lantern|Caldera|Fairwater|Halyard|Kestrel|Oriel|Tidewater/
  for (const path of ['/customers', '/limits', '/orders', '/measures', '/measures?tab=lapsed']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.getByRole('main').textContent(), path).not.toMatch(others)
  }
})

test('a measure of another firm’s customer is not there', async ({ as }) => {
  const [theirs, ours] = [findBystander(HARBOUR), findBystander(NORTHGATE)]
  await freezeFor(theirs.accounts[0]!.address, 300n)
  await freezeFor(ours.accounts[0]!.address, 300n)
  const page = await as('northgate-compliance')
  const main = page.getByRole('main')
  await expect(async () => {
    await page.goto('/measures')
    await expect(main.locator(`a[href="/customers/${ours.identity}"]`).first()).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
  for (const path of ['/measures', '/measures?tab=overdue', '/measures?tab=lapsed', '/measures?tab=lifted']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(main.locator(`a[href="/customers/${theirs.identity}"]`), path).toHaveCount(0)
    await expect(main.locator(`[data-address="${theirs.accounts[0]!.address.toLowerCase()}"]`)).toHaveCount(0)
  }
})

test('a report of the authority is no file of a firm', async ({ as }) => {
  const analyst = await as('analyst')
  const href = await createReport(analyst, { firm: String(HARBOUR) })
  const page = await as('northgate-compliance')
  const response = await page.request.get(href)
  expect(response.status()).toBe(404)
  expect(await response.text()).not.toContain('Harbour')
})

test('route handlers count nothing of others', async ({ as }) => {
  const page = await as('northgate-compliance')
  await open(page, '/transfers')
  const sender = await findSender(HARBOUR)
  const query = `account=${sender.identity}&sinceBlock=1&sinceHash=0x${'0'.repeat(64)}`
  const response = await page.request.get(`/api/transfers/new?${query}`)
  expect((await response.json()).count ?? 0).toBe(0)
})

test('the live stream tells of blocks and of nothing in them', async ({ as }) => {
  const page = await as('northgate-compliance')
  await open(page, '/')
  const events = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = []
        const stream = new EventSource('/api/live')
        stream.addEventListener('block', ({ data }) => {
          heard.push(data)
          if (heard.length < 3) return
          stream.close()
          resolve(heard)
        })
      }),
  )
  const known = ['block', 'chainId', 'finality', 'hash', 'nodeHead', 'time']
  for (const event of events) expect(Object.keys(JSON.parse(event)).sort()).toEqual(known)
})
