/**
 * `npm run bench:live [-- N]`: how long after its block a transfer is seen in a browser, over N transfers (30 at
 * least). Needs a portal that is up; PLIMSOLL_STATE and PLIMSOLL_ADDRESS say which.
 */
import { chromium, type Page } from '@playwright/test'
import type { Hex } from 'viem'
import { signIn } from '../e2e/support/sign-in'
import { chain, findRecipient, findSender, postDollars } from '../e2e/support/world'
import { findAddress } from './test/address'
import { findBrowser } from './test/browser'

const LEAST = 30
const MOST = 500
const PATIENCE = 20_000
/** In dollars. Nobody else sends just this, so that the demonstration's own traffic is not taken for ours. */
const AMOUNT = '1.37'

const transfers = Math.min(Math.max(Number(process.argv[2] ?? LEAST) || LEAST, LEAST), MOST)
const origin = findAddress()
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })

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

try {
  const page = await (await browser.newContext({ baseURL: origin })).newPage()
  await signIn(page.request, origin, 'analyst')
  const sender = await findSender()
  const recipient = findRecipient(sender)
  await page.goto(`/transfers?account=${sender.identity}&min=${AMOUNT}&max=${AMOUNT}`)
  await page.getByRole('banner').getByText('Live').waitFor()
  const pill = page.getByRole('button', { name: /new transfer/ })

  const latencies: number[] = []
  for (let i = 0; i < transfers; i++) {
    const seen = seenAt(page)
    const mined = await minedAt(await postDollars(sender, recipient, 137n))
    latencies.push((await seen) - mined)
    await pill.click()
    await pill.waitFor({ state: 'detached' })
  }
  const { timestamp: last, number } = await chain.getBlock()
  const { timestamp: first } = await chain.getBlock({ blockNumber: number - 20n })
  const blockTime = (Number(last - first) / 20) * 1000
  const sorted = latencies.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
  const line = (name: string, value: number) =>
    console.log(
      `${name.padEnd(12)} ${value.toFixed(0).padStart(6)} ms   ${(value / blockTime).toFixed(2)} of a block`,
    )
  console.log(
    `Mined → visible in the browser, ${transfers} transfers, a block every ${blockTime.toFixed(0)} ms`,
  )
  line('p50', at(0.5))
  line('p95', at(0.95))
  line('slowest', at(1))
} finally {
  await browser.close()
}
