import type { Page } from '@playwright/test'
import { demonstrationAccount } from '@/prisma/seed/acts'
import { installWallet, OTHER_WALLET } from './support/other-wallet'
import { expect, open, test } from './support/portal'
import { prepareVerification } from './support/proposals'
import { connectWallet, sign } from './support/wallet'
import { findPending } from './support/world'

/** One order that waits to be signed serves every fault: none of them may change it. */
let waiting: string | undefined
async function openSigning(page: Page) {
  if (waiting) return open(page, waiting)
  const found = await findPending(2)
  await prepareVerification(page, found[1]!.identity)
  waiting = new URL(page.url()).pathname
}

async function connectOther(page: Page) {
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  await page.getByRole('button', { name: OTHER_WALLET }).click()
}

test('no wallet', async ({ as }) => {
  const page = await as('officer')
  // Its code is fetched only where it is offered; without it this browser has no wallet at all.
  await page.addInitScript(() =>
    window.addEventListener('eip6963:announceProvider', (event) => event.stopImmediatePropagation()),
  )
  await openSigning(page)
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  await expect(page.getByRole('dialog')).toContainText('No wallet was found in this browser')
})

test('declined to connect', async ({ as }) => {
  const page = await as('officer')
  await openSigning(page)
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  await page.getByRole('button', { name: 'Demonstration wallet' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByRole('dialog')).toContainText('No wallet was connected')
})

test('declined to sign', async ({ as }) => {
  const page = await as('officer')
  await openSigning(page)
  await connectWallet(page, 'officer')
  await sign(page, { answer: 'Decline' })
  await expect(page.getByText('You declined in your wallet')).toBeVisible()
  await expect(page.getByText('Nothing was signed and nothing was sent')).toBeVisible()
})

test('declined by another wallet', async ({ as }) => {
  const page = await as('officer')
  await installWallet(page, { declines: true })
  await openSigning(page)
  await connectOther(page)
  await page.getByRole('checkbox', { name: /I have compared the wallet/ }).check()
  await page.getByRole('button', { name: 'Sign and send' }).click()
  await expect(page.getByText('You declined in your wallet')).toBeVisible()
})

test('wrong chain', async ({ as }) => {
  const page = await as('officer')
  await installWallet(page, { chainId: 1 })
  await openSigning(page)
  await connectOther(page)
  await expect(page.getByText('Your wallet is on another chain')).toBeVisible()
  await page.getByRole('button', { name: 'Switch to chain 31337' }).click()
  await expect(
    page.getByText(/Your wallet does not know this chain|You declined in your wallet/),
  ).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /I have compared/ })).toHaveCount(0)
})

test('wrong account', async ({ as }) => {
  const page = await as('officer')
  await installWallet(page, { account: 5 })
  await openSigning(page)
  await connectOther(page)
  await expect(page.getByText('This is not the wallet bound to you')).toBeVisible()
  await expect(page.getByText(demonstrationAccount(5).address)).toBeVisible()
  await expect(page.getByText(demonstrationAccount(1).address).last()).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /I have compared/ })).toHaveCount(0)
})

test('a transaction that fails in its block', async ({ as }) => {
  test.setTimeout(120_000)
  const page = await as('officer')
  await installWallet(page, { starves: true })
  await openSigning(page)
  await connectOther(page)
  await page.getByRole('checkbox', { name: /I have compared the wallet/ }).check()
  await page.getByRole('button', { name: 'Sign and send' }).click()
  await expect(page.getByText('The transaction failed: the contract refused it')).toBeVisible({
    timeout: 40_000,
  })
  await expect(page.getByText('Nothing was changed. It may be sent again until its deadline.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('The transaction failed: the contract refused it')).toBeVisible()
})
