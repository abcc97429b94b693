import { chromium, type Page } from '@playwright/test'
import type { Hex } from 'viem'
import { signIn } from '@/e2e/support/sign-in'
import { chain, findRecipient, findSender, postDollars } from '@/e2e/support/world'
import { findAddress } from '@/scripts/test/address'
import { findBrowser } from '@/scripts/test/browser'

const PATIENCE = 20_000
/** In dollars. Nobody else sends just this, so that the demonstration's own traffic is not taken for ours. */
const AMOUNT = '1.37'

/** When the node first has a receipt: block times are whole seconds and say too little. */
async function minedAt(hash: Hex): Promise<number> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    const receipt = await chain.getTransactionReceipt({ hash }).catch(() => undefined)
    if (receipt?.status === 'success') return Date.now()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`${hash} was not settled within ${PATIENCE / 1000} s`)
}

/** When the page first says that there is a new transfer, by the clock of this machine, looked at every frame. */
async function seenAt(page: Page): Promise<number> {
  const seen = await page.waitForFunction(
    () =>
      /new transfer/.test(document.querySelector('main [role=status] button')?.textContent ?? '') &&
      Date.now(),
    undefined,
    { polling: 'raf', timeout: PATIENCE },
  )
  return Number(await seen.jsonValue())
}

/** Of a portal that is up, from a transfer's receipt until an open Transfers page says that there is a new one. */
export async function measureScreen(transfers: number): Promise<number[]> {
  const origin = findAddress()
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })
  try {
    const page = await (await browser.newContext({ baseURL: origin })).newPage()
    await signIn(page.request, origin, 'analyst')
    const sender = await findSender()
    const recipient = findRecipient(sender)
    await page.goto(`/transfers?account=${sender.identity}&min=${AMOUNT}&max=${AMOUNT}`)
    await page.getByRole('banner').getByText('Live').waitFor()
    const pill = page.getByRole('button', { name: /new transfer/ })
    const milliseconds: number[] = []
    for (let left = transfers; left > 0; left--) {
      const seen = seenAt(page)
      const mined = await minedAt(await postDollars(sender, recipient, 137n))
      milliseconds.push((await seen) - mined)
      await pill.click()
      await pill.waitFor({ state: 'detached' })
    }
    return milliseconds
  } finally {
    await browser.close()
  }
}
