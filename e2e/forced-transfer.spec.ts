import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { freezeFor, lift } from './support/measures'
import { expect, open, test } from './support/portal'
import { confirm } from './support/proposals'
import { connectWallet, isEffective, sign } from './support/wallet'
import { chain, deployment, findRecipient, findSender, sendDollars } from './support/world'

const usd = deployment.instruments[0]!.address
type Account = `0x${string}`

const balanceOf = (account: Account) =>
  chain.readContract({ address: usd, abi: instrumentAbi, functionName: 'balanceOf', args: [account] })

test('a forced transfer takes two persons, moves frozen units, and says so', async ({ as }) => {
  test.setTimeout(360_000)
  const sender = await findSender()
  const recipient = findRecipient(sender)
  const [from, to] = [sender.accounts[0]!.address, recipient.accounts[0]!.address]
  await freezeFor(from, 600n)
  expect((await sendDollars(sender, recipient, 77n)).status).toBe('reverted')
  const before = { from: await balanceOf(from), to: await balanceOf(to) }

  const officer = await as('officer')
  await open(officer, `/customers/${sender.identity}`)
  await officer.getByRole('link', { name: 'Forced transfer', exact: true }).click()
  await officer.getByLabel('Account', { exact: true }).selectOption(from.toLowerCase())
  await officer.getByLabel('Instrument', { exact: true }).selectOption(usd.toLowerCase())
  await officer.getByLabel('To account').fill(to)
  await officer.getByLabel('Amount', { exact: true }).fill('123.45')
  await officer.getByLabel('Reason', { exact: true }).selectOption('M-01')
  await officer.getByLabel('Legal reference').fill('Judgment 4 C 12/26')
  const reference = await confirm(officer)
  await expect(officer.getByText('Two decoders agree')).toBeVisible()
  await connectWallet(officer, 'officer')
  await sign(officer)
  await expect(officer.getByText('There is nothing for you to sign here')).toBeVisible()
  expect(await balanceOf(from)).toBe(before.from)

  // Who proposed cannot approve.
  await open(officer, `/orders/${reference}/sign?act=execute`)
  await expect(officer.getByText('There is nothing for you to sign here')).toBeVisible()
  await open(officer, `/orders/${reference}`)
  await expect(officer.getByRole('region', { name: 'What you can do' })).toContainText(/you proposed/i)

  const approver = await as('approver')
  await open(approver, `/orders/${reference}`)
  await approver.getByRole('link', { name: 'Review and approve' }).click()
  await expect(approver.getByRole('heading', { level: 1, name: /You approve/ })).toBeVisible()
  await expect(approver.getByText('Two decoders agree')).toBeVisible()
  await connectWallet(approver, 'approver')
  await sign(approver)
  await isEffective(approver)
  expect(await balanceOf(from)).toBe(before.from - 12_345n)
  expect(await balanceOf(to)).toBe(before.to + 12_345n)

  await open(officer, '/transfers?outcome=forced')
  const row = officer.getByRole('row').filter({ hasText: '123.45' }).first()
  await expect(row).toContainText('By force')
  await row.getByRole('link').first().click()
  await expect(officer.getByRole('heading', { level: 1 })).toHaveText('Forced transfer')
  await expect(officer.getByRole('link', { name: reference })).toBeVisible()
  await expect(officer.getByText(/^Proposed by .+, approved by .+/)).toBeVisible()
  await lift(from)
})

test('a forced transfer that cannot be is refused in words', async ({ as }) => {
  const sender = await findSender()
  const page = await as('officer')
  await open(page, `/measures/propose?kind=forced-transfer&identity=${sender.identity}`)
  const account = sender.accounts[0]!.address
  await page.getByLabel('Account', { exact: true }).selectOption(account.toLowerCase())
  await page.getByLabel('Instrument', { exact: true }).selectOption(usd.toLowerCase())
  await page.getByLabel('Reason', { exact: true }).selectOption('M-01')
  await page.getByLabel('Legal reference').fill('Judgment 4 C 12/26')
  const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  const attempt = async (to: string, amount: string, words: string) => {
    await page.getByLabel('To account').fill(to)
    await page.getByLabel('Amount', { exact: true }).fill(amount)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(problem).toContainText(words)
  }
  await attempt('0x12', '1.00', 'Enter an address')
  await attempt(`0x${'0'.repeat(40)}`, '1.00', 'zero address')
  await attempt(account, '1.00', 'the same account')
  await attempt(`0x${'9'.repeat(40)}`, '1.00', 'Nobody registered')
  await attempt(findRecipient(sender).accounts[0]!.address, '999999999999.00', 'which is less')
})
