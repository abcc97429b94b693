import type { Page, Request } from '@playwright/test'
import { statuses } from '@/lib/compliance/standing'
import { expect, open, test } from './support/portal'
import { prepareVerification } from './support/proposals'
import { connectWallet, isEffective, sign } from './support/wallet'
import { findPending, findRecipient, findSender, sendDollars, standingOf } from './support/world'

const uint256Next = (2n ** 256n).toString()
const amounts: Record<string, string> = {
  'with an exponent': '1e3',
  hexadecimal: '0x10',
  'in fullwidth digits': '１２３',
  'of 2^256': uint256Next,
  negative: '-5',
  'with too many decimals': '1.005',
  'that is a word': 'all of it',
}

test.describe('an amount', () => {
  for (const [name, amount] of Object.entries(amounts)) {
    test(`${name} is refused at its field`, async ({ as }) => {
      const page = await as('officer')
      await open(page, '/limits/propose?scope=firm&subject=6&window=day')
      await page.getByLabel('Amount', { exact: true }).fill(amount)
      await page.getByLabel('Reason', { exact: true }).selectOption('L-02')
      await page.getByLabel('Legal reference').fill('Supervisory practice note 7')
      await page.getByRole('button', { name: 'Continue' }).click()
      const summary = page.getByRole('alert').filter({ has: page.getByRole('link') })
      await expect(summary).toBeFocused()
      await summary.getByRole('link').first().click()
      const field = page.getByLabel('Amount', { exact: true })
      await expect(field).toBeFocused()
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(field).toHaveValue(amount)
    })
  }
})

const addresses: Record<string, string> = {
  'an amount with an exponent': '/transfers?min=1e3',
  'a hexadecimal amount': '/transfers?min=0x10',
  'an amount in fullwidth digits': `/transfers?min=${encodeURIComponent('１２３')}`,
  'an amount of 2^256': `/transfers?max=${uint256Next}`,
  'a negative amount': '/transfers?min=-1',
  'an amount with too many decimals': '/transfers?min=1.0000000000000000000000000000000000000001',
  'a malformed account': '/transfers?account=0x123',
  'a day that never was': '/transfers?since=2026-02-31',
  'an outcome that is none': '/transfers?outcome=perhaps',
  'a forged cursor': '/transfers?after=WyJ4Il0',
  'a cursor that is no text of ours': '/transfers?after=%00%FF',
  'a forged cursor of customers': '/customers?after=WyJ4Il0',
  'a forged cursor of orders': '/orders?after=WyJ4Il0',
  'a forged cursor of reports': '/reports?after=WyJ4Il0',
  'a malformed customer': '/customers/0x123',
  'a customer nobody is': `/customers/0x${'9'.repeat(40)}`,
  'a firm nobody is': '/firms/999999',
  'a firm that is no number': '/firms/1e1',
  'a firm beyond counting': '/firms/99999999999999999999',
  'a transfer nobody made': '/transfers/1/1',
  'a transfer beyond counting': '/transfers/99999999999999999999/1',
  'a limit of nobody': '/limits/propose?scope=firm&subject=-1&window=day',
  'a limit of no window': '/limits/propose?scope=firm&subject=1&window=year',
  'an order that never was': '/orders/O-2026-99999',
  'an order of no shape': '/orders/..%2f..%2fetc',
  'a search of ten thousand letters': `/search?q=${'a'.repeat(10_000)}`,
  'a parameter given twice': '/customers?after=a&after=b',
}

test('an address that is wrong is answered in words, and never with an error', async ({ as }) => {
  test.setTimeout(180_000)
  const page = await as('officer')
  for (const [name, path] of Object.entries(addresses)) {
    const response = await page.goto(path)
    expect(response?.status(), name).toBeLessThan(500)
    await expect(page.getByRole('heading', { level: 1 }).first(), name).toBeVisible()
    await expect(page.getByText(/Something went wrong|Application error|did not work/), name).toHaveCount(0)
  }
})

test('a filter that cannot be used says so at its field', async ({ as }) => {
  const page = await as('analyst')
  for (const [query, field] of [
    ['min=1e3', 'Smallest amount'],
    ['account=0x123', 'Account, identity or customer'],
  ] as const) {
    await open(page, `/transfers?${query}`)
    await expect(page.getByLabel(field)).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByText('Nothing was searched')).toBeVisible()
  }
})

/** The action by which the signing page hands in a transaction. */
const isSubmission = (request: Request) =>
  request.method() === 'POST' && (request.postData() ?? '').includes('"txHash"')

async function prepare(page: Page) {
  const [customer] = await findPending(1)
  await prepareVerification(page, customer!.identity)
  await connectWallet(page, 'officer')
  return customer!
}

test('somebody else’s transaction is not taken for the order', async ({ as }) => {
  test.setTimeout(120_000)
  const page = await as('officer')
  const sender = await findSender()
  const { transactionHash } = await sendDollars(sender, findRecipient(sender), 101n)
  const customer = await prepare(page)
  await page.route(/\/sign/, async (route, request) => {
    const body = request.postData() ?? ''
    const postData = body.replace(/"txHash":"0x[0-9a-f]{64}"/i, `"txHash":"${transactionHash}"`)
    await (isSubmission(request) ? route.continue({ postData }) : route.continue())
  })
  await sign(page)
  await expect(page.getByText('This transaction is not the order')).toBeVisible({ timeout: 30_000 })
  // What was truly signed takes effect all the same, and the customer no longer waits for a decision.
  await expect.poll(async () => (await standingOf(customer.identity)).status).toBe(statuses.verified)
})

test('a submission counts once, from here, in its own shape and size', async ({
  as,
  playwright,
  baseURL,
}) => {
  test.setTimeout(150_000)
  const page = await as('officer')
  await prepare(page)
  const submitted = page.waitForRequest(isSubmission)
  await sign(page)
  const request = await submitted
  await isEffective(page)

  const body = request.postData()!
  const { 'next-action': action, accept, 'content-type': type } = await request.allHeaders()
  const again = async (data: string, headers: Record<string, string> = {}) => {
    const cookies = await page.context().storageState()
    const client = await playwright.request.newContext({ storageState: cookies })
    const all = {
      'next-action': action!,
      accept: accept!,
      'content-type': type!,
      origin: baseURL!,
      ...headers,
    }
    const response = await client.post(request.url(), { data, headers: all })
    return { status: response.status(), text: await response.text() }
  }
  expect((await again(body)).text).toContain('"code":"replayed"')
  expect((await again(body.replace('"act"', '"role":"administrator","act"'))).text).toContain(
    '"code":"bad-input"',
  )
  expect((await again(body.replace(/0x[0-9a-f]{64}/i, '0x12'))).text).toContain('"code":"bad-input"')
  expect((await again(body + ' '.repeat(100_000))).status).toBe(413)
  expect((await again(body, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await again(body, { origin: 'null' })).status).toBe(403)
})
