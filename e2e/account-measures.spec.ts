import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { freezeFor, orderByTwo } from './support/measures'
import { expect, open, test } from './support/portal'
import { confirmMeasure } from './support/proposals'
import { signAlone, signByTwo } from './support/wallet'
import { balanceOf, chain, findLoser, findRecipient, findSender, sendDollars, usd } from './support/world'

// What is done to one customer's accounts, each by as many as it takes; what it does is asked of the chain itself.

test.describe.configure({ timeout: 240_000 })

test('a freeze is lifted by two, and the account sends again', async ({ as }) => {
  const sender = await findSender()
  const recipient = findRecipient(sender)
  const account = sender.accounts[0]!.address
  await freezeFor(account, 7_200n)
  expect((await sendDollars(sender, recipient, 31n)).status).toBe('reverted')

  const officer = await as('officer')
  await open(officer, `/measures/propose?kind=unfreeze&identity=${sender.identity}&account=${account}`)
  await officer.getByLabel('Instrument', { exact: true }).selectOption(usd.toLowerCase())
  const reference = await confirmMeasure(officer, 'M-07')
  await signByTwo(officer, reference, { page: await as('approver') })
  expect((await sendDollars(sender, recipient, 31n)).status).toBe('success')
})

test('an amount is frozen by two: the rest moves, what is frozen does not', async ({ as }) => {
  const sender = await findSender()
  const recipient = findRecipient(sender)
  const account = sender.accounts[0]!.address
  const held = await balanceOf(account)
  const frozen = held - 50n

  const officer = await as('officer')
  await open(officer, `/measures/propose?kind=freeze-amount&identity=${sender.identity}&account=${account}`)
  await officer.getByLabel('Instrument', { exact: true }).selectOption(usd.toLowerCase())
  const amount = `${frozen / 100n}.${String(frozen % 100n).padStart(2, '0')}`
  await officer.getByLabel('Amount', { exact: true }).fill(amount)
  const reference = await confirmMeasure(officer, 'M-01')
  await signByTwo(officer, reference, { page: await as('approver') })
  expect((await sendDollars(sender, recipient, 51n)).status).toBe('reverted')
  expect((await sendDollars(sender, recipient, 50n)).status).toBe('success')
  await orderByTwo({ kind: 'FreezeAmount', account, amount: 0n }, usd)
})

test('screening flags a customer by one officer, and it takes two to clear it', async ({ as }) => {
  const sender = await findSender()
  const recipient = findRecipient(sender)
  const officer = await as('officer')
  await open(officer, `/measures/propose?kind=screening&identity=${sender.identity}`)
  await officer.getByRole('radio', { name: /^A hit/ }).check()
  await confirmMeasure(officer, 'M-02')
  await signAlone(officer)
  expect((await sendDollars(sender, recipient, 33n)).status).toBe('reverted')

  await open(officer, `/measures/propose?kind=screening&identity=${sender.identity}`)
  await officer.getByRole('radio', { name: /^No hit/ }).check()
  const reference = await confirmMeasure(officer, 'M-07')
  await signByTwo(officer, reference, { page: await as('approver') })
  expect((await sendDollars(sender, recipient, 33n)).status).toBe('success')
})

test('a lost account is recovered by two: another takes over all it held', async ({ as }) => {
  const customer = await findLoser()
  const [lost, replacement] = customer.accounts.map(({ address }) => address)
  const [held, had] = [await balanceOf(lost!), await balanceOf(replacement!)]
  const officer = await as('officer')
  await open(officer, `/measures/propose?kind=recover&identity=${customer.identity}&account=${lost}`)
  await officer.getByLabel('Account that takes over').selectOption(replacement!.toLowerCase())
  await officer.getByLabel('Instrument', { exact: true }).selectOption(usd.toLowerCase())
  const reference = await confirmMeasure(officer, 'M-04')
  await signByTwo(officer, reference, { page: await as('approver') })
  expect([await balanceOf(lost!), await balanceOf(replacement!)]).toEqual([0n, had + held])
  const successor = await chain.readContract({
    ...{ address: usd, abi: instrumentAbi },
    ...{ functionName: 'replacementOf', args: [lost!] },
  })
  expect(BigInt(successor)).toBe(BigInt(replacement!))
})
