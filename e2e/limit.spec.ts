import type { Page } from '@playwright/test'
import { BaseError, ContractFunctionRevertedError, type Hex, toHex } from 'viem'
import { limitPolicyAbi } from '@/lib/chain/generated/limit-policy'
import { ordersAbi } from '@/lib/chain/generated/orders'
import { type ChainOrder, encodeArguments, kindNumber, orderTypedData, subjectWord } from '@/lib/chain/orders'
import { demonstrationAccount } from '@/prisma/seed/acts'
import { postAction } from './support/actions'
import { expect, open, test } from './support/portal'
import { prepareFirmLimit } from './support/proposals'
import { journalOf, submissionsFor } from './support/records'
import { connectWallet, isEffective, sign } from './support/wallet'
import { chain, deployment } from './support/world'

const [FIRM, DAY] = [2, 1]
const firm = 5

async function limitNow(): Promise<bigint> {
  const [limit] = await chain.readContract({
    address: deployment.policy,
    abi: limitPolicyAbi,
    functionName: 'limitOf',
    args: [FIRM, subjectWord(firm), DAY],
  })
  return limit
}

/** Unlike what holds, so that a change is seen. */
const newLimit = () => `${3_000_000 + (Date.now() % 1_000_000)}.00`

const inCents = (amount: string) => BigInt(amount.replace('.', ''))

async function propose(page: Page, amount: string): Promise<string> {
  const reference = await prepareFirmLimit(page, firm, amount)
  await expect(page.getByText('Two decoders agree')).toBeVisible()
  await connectWallet(page, 'officer')
  await sign(page)
  await expect(page.getByText('There is nothing for you to sign here')).toBeVisible()
  return reference
}

test('a limit proposed by one officer and approved by another takes effect', async ({ as }) => {
  test.setTimeout(150_000)
  const amount = newLimit()
  const officer = await as('officer')
  const reference = await propose(officer, amount)
  expect(await limitNow()).not.toBe(inCents(amount))

  const approver = await as('approver')
  await open(approver, '/orders')
  await approver.getByRole('row').filter({ hasText: reference }).getByRole('link').click()
  await approver.getByRole('link', { name: 'Review and approve' }).click()
  await expect(approver.getByRole('heading', { level: 1, name: /You approve/ })).toBeVisible()
  await connectWallet(approver, 'approver')
  await sign(approver)
  await isEffective(approver)
  expect(await limitNow()).toBe(inCents(amount))
  await open(officer, `/orders/${reference}`)
  await expect(officer.getByText('Effective').first()).toBeVisible()
})

test('who proposed cannot approve: not on screen and not by the server', async ({ as }) => {
  const page = await as('officer')
  const reference = await propose(page, newLimit())
  await open(page, `/orders/${reference}`)
  await expect(page.getByRole('link', { name: 'Review and approve' })).toHaveCount(0)
  const card = page.getByRole('region', { name: 'What you can do' })
  await expect(card).toContainText(/you proposed/i)

  await open(page, `/orders/${reference}/sign?act=execute`)
  await expect(page.getByText('There is nothing for you to sign here')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign and send' })).toHaveCount(0)

  const before = await limitNow()
  for (const act of ['execute', 'reject']) {
    const submission = { reference, act, txHash: toHex(BigInt(Date.now()), { size: 32 }) }
    const journal = await journalOf('officer')
    const answer = await postAction(page, 'submitOrderAction', submission)
    expect(answer, act).toMatchObject({ ok: false, refusal: { code: 'own-order' } })
    expect(await journal(), act).toEqual([
      {
        act: 'refused:submit:order',
        subject: reference,
        detail: expect.objectContaining({ code: 'own-order' }),
      },
    ])
    // The very same of the second person is looked up on the chain: it is the person who was refused.
    const second = await as('approver')
    await open(second, '/')
    const looked = await postAction(second, 'submitOrderAction', submission)
    expect(looked, act).toMatchObject({ ok: false, refusal: { code: 'transaction-unknown' } })
  }
  expect(await submissionsFor(reference)).toEqual([])
  expect(await limitNow()).toBe(before)
  await open(page, `/orders/${reference}`)
  await expect(page.getByText('Awaiting approval').first()).toBeVisible()
})

test('who proposed cannot approve: not on chain', async () => {
  const officer = demonstrationAccount(1)
  const approver = demonstrationAccount(2)
  const order: ChainOrder = {
    kind: kindNumber('SetLimit'),
    target: deployment.policy,
    arguments: encodeArguments({
      kind: 'SetLimit',
      scope: FIRM,
      subject: subjectWord(firm),
      window: DAY,
      limit: 1n,
    }),
    reason: toHex('L-02', { size: 32 }),
    legalRef: toHex('none', { size: 32 }),
    proposer: officer.address,
    nonce: BigInt(Date.now()),
    deadline: BigInt(Math.floor(Date.now() / 1000) + 86_400),
  }
  const signature = await officer.signTypedData(orderTypedData(deployment.chainId, deployment.orders, order))
  const refusal = (account: Hex) =>
    chain
      .simulateContract({
        address: deployment.orders,
        abi: ordersAbi,
        functionName: 'execute',
        args: [order, signature],
        account,
      })
      .then(
        () => 'nothing',
        (error: unknown) => {
          const reverted =
            error instanceof BaseError && error.walk((e) => e instanceof ContractFunctionRevertedError)
          return reverted instanceof ContractFunctionRevertedError ? reverted.data?.errorName : String(error)
        },
      )
  expect(await refusal(officer.address)).toMatch(/^(SamePerson|MissingRole)$/)
  expect(await refusal(approver.address)).toBe('nothing')
  expect(await limitNow()).not.toBe(1n)
})
