import { expect, open, test } from './support/portal'
import { prepareVerification } from './support/proposals'
import { connectWallet, isEffective, sign } from './support/wallet'
import { findPending, findSender, pathOf, sendDollars } from './support/world'

test('a KYC decision makes a refused transfer pass', async ({ as }) => {
  test.setTimeout(150_000)
  const [customer] = await findPending(1)
  const sender = await findSender()
  const amount = 12_345n

  const refused = await sendDollars(sender, customer!, amount)
  expect(refused.status).toBe('reverted')

  const page = await as('officer')
  await open(page, `/transfers?account=${customer!.identity}&outcome=refused`)
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('cell', { name: '123.45' })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await open(page, `/transfers/refused/${refused.blockNumber}/${refused.transactionIndex}`)
  await expect(page.getByRole('heading', { name: 'Why it was refused' })).toBeVisible()
  await expect(page.getByText('What would make it pass')).toBeVisible()

  await prepareVerification(page, customer!.identity)
  await expect(page.getByText('Two decoders agree')).toBeVisible()
  await expect(page.getByText('As deployed')).toBeVisible()
  await connectWallet(page, 'officer')
  await sign(page)
  await isEffective(page)
  await page.reload()
  await isEffective(page)

  const settled = await sendDollars(sender, customer!, amount)
  expect(settled.status).toBe('success')
  await expect(async () => {
    await page.goto(pathOf(settled))
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/123\.45|Transfer/, {
      timeout: 1_000,
    })
  }).toPass({ timeout: 30_000 })
  await open(page, `/customers/${customer!.identity}`)
  await expect(page.getByText('Verified').first()).toBeVisible()
})
