import type { Address } from 'viem'
import { expect, open, test } from './support/portal'
import { confirm } from './support/proposals'
import { connectWallet, isEffective, sign } from './support/wallet'
import { chain, deployment, findRecipient, findSender, sendDollars } from './support/world'

const symbol = deployment.instruments[0]!.symbol
const usd = deployment.instruments[0]!.address.toLowerCase()

const chainTime = async () => Number((await chain.getBlock()).timestamp) * 1_000

/** A whole minute at least so many seconds ahead of the chain, as a field of date and time takes it. */
async function minuteAhead(seconds: number): Promise<Date> {
  const minute = 60_000
  return new Date(Math.ceil(((await chainTime()) + seconds * 1_000) / minute) * minute)
}

const inField = (time: Date) => time.toISOString().slice(0, 16)

test('an emergency freeze of one officer holds until its time, and lapses by itself', async ({ as }) => {
  test.setTimeout(360_000)
  const sender = await findSender()
  const recipient = findRecipient(sender)
  const account = sender.accounts[0]!.address.toLowerCase() as Address

  const page = await as('officer')
  await open(page, `/customers/${sender.identity}`)
  await page.getByRole('link', { name: 'Freeze', exact: true }).click()
  await page.getByLabel('Account', { exact: true }).selectOption(account)
  await page.getByLabel('Instrument', { exact: true }).selectOption(usd)
  await page.getByRole('radio', { name: 'I alone, in an emergency' }).check()
  const end = await minuteAhead(60)
  await page.getByLabel('Ends at (UTC)').fill(inField(end))
  await page.getByLabel('Review by (UTC)').fill(inField(end))
  await page.getByLabel('Reason', { exact: true }).selectOption('M-03')
  await page.getByLabel('Legal reference').fill('Prosecutor’s letter 14/2026')
  await confirm(page)

  await expect(page.getByText('Two decoders agree')).toBeVisible()
  await connectWallet(page, 'officer')
  await sign(page)
  await isEffective(page)

  const refused = await sendDollars(sender, recipient, 100n)
  expect(refused.status).toBe('reverted')
  const clock = end.toISOString().slice(11, 16)
  await open(page, `/customers/${sender.identity}`)
  await expect(
    page
      .getByText(new RegExp(`Frozen in ${symbol} until .* ${clock} UTC by one officer; lapses unless two`))
      .first(),
  ).toBeVisible()
  await open(page, '/measures')
  await expect(page.getByRole('row').filter({ hasText: clock }).first()).toContainText('In force')

  await expect.poll(chainTime, { timeout: 180_000, intervals: [1_000] }).toBeGreaterThanOrEqual(end.getTime())
  const settled = await sendDollars(sender, recipient, 100n)
  expect(settled.status).toBe('success')
  await expect(async () => {
    await page.goto('/measures?tab=lapsed')
    await expect(page.getByRole('row').filter({ hasText: clock }).first()).toContainText('Lapsed', {
      timeout: 1_000,
    })
  }).toPass({ timeout: 30_000 })
})

test('a freeze that one officer may not order is refused in words', async ({ as }) => {
  const sender = await findSender()
  const page = await as('officer')
  await open(page, `/measures/propose?kind=freeze&identity=${sender.identity}`)
  const far = new Date((await chainTime()) + 80 * 3_600_000)
  await page.getByLabel('Ends at (UTC)').fill(inField(far))
  await page.getByLabel('Reason', { exact: true }).selectOption('M-03')
  await page.getByLabel('Legal reference').fill('Prosecutor’s letter 14/2026')
  const submit = page.getByRole('button', { name: 'Continue' })
  const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await submit.click()
  await expect(problem).toContainText('within 72 hours')
  await page.getByLabel('Ends at (UTC)').fill('2020-01-01T00:00')
  await submit.click()
  await expect(problem).toContainText('must be in the future')
  await page.getByLabel('Ends at (UTC)').fill(inField(await minuteAhead(3_600)))
  await page.getByLabel('Review by (UTC)').fill(inField(far))
  await submit.click()
  await expect(problem).toContainText('not be after the end')
})
