import { createWalletClient, http } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { callFor } from '@/lib/chain/order-call'
import { chainOrderOf, orderTypedData } from '@/lib/chain/orders'
import { withActor } from '@/lib/db/client'
import { findOrderLife } from '@/lib/db/order-life'
import { getOrderPage } from '@/lib/queries/order'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import { firm, type OrderLedger, signers, startOrderLedger } from '@/test/order-ledger'
import { signedIn } from '@/test/people'
import { followOrder } from './follow-order'
import { prepareLimit } from './limits'
import { signOrder } from './orders'
import { submitOrder } from './submissions'

environmentForThisFile()
databaseForThisFile()
let ledger: OrderLedger
let officer: Officer
let approver: Officer

beforeAll(async () => {
  ledger = await startOrderLedger()
  officer = await signedIn('officer')
  approver = await signedIn('approver')
}, 120_000)
afterAll(() => ledger?.stop())

const lifeOf = async (reference: string) => (await withActor(officer, (tx) => findOrderLife(tx, reference)))!
const submissionsOf = async (reference: string) =>
  (await lifeOf(reference)).submissions.map(({ state, detail }) => [state, detail])

let amount = 4_000_000
/** An order that waits for approval, and a sender of its approval with whatever nonce. */
async function signedLimit() {
  await ledger.index()
  const prepared = await prepareLimit(officer, {
    scope: 'firm',
    subject: String(firm.id),
    window: 'day',
    bound: 'amount',
    amount: String(amount++),
    reason: 'L-01',
    reasonText: '',
    legalText: 'Letter of 20 Nov',
  })
  if (!prepared.ok) throw new Error(prepared.refusal.message)
  const { reference } = prepared.value
  const { order } = await lifeOf(reference)
  const typed = orderTypedData(order.chainId, order.contract, chainOrderOf(order))
  const signature = await ledger.signer(signers.officer).signTypedData(typed)
  expect(await signOrder(officer, { reference, signature })).toMatchObject({ ok: true })

  const account = ledger.signer(signers.approver)
  const wallet = createWalletClient({ account, transport: http(ledger.chain.rpcUrl) })
  const call = callFor('execute', order.contract, chainOrderOf(order), { signature })
  /** `ahead`: so many nonces too high, so that no block can take it. */
  const approve = async (ahead: number) => {
    const nonce = (await ledger.client.getTransactionCount({ address: account.address })) + ahead
    const txHash = await wallet.sendTransaction({
      ...call,
      chain: null,
      gasPrice: 0n,
      gas: 2_000_000n,
      nonce,
    })
    return { nonce, result: await submitOrder(approver, { reference, act: 'execute', txHash }) }
  }
  /** Another transaction of the same number that pays more. */
  const replace = (nonce: number) =>
    wallet.sendTransaction({ to: account.address, chain: null, gasPrice: 1n, gas: 21_000n, nonce })
  return { reference, order, approve, replace }
}

it('a transaction that is stuck holds back no other, and is told to be replaced when its nonce is used', async () => {
  const { reference, approve, replace } = await signedLimit()
  const stuck = await approve(1)
  expect(stuck.result).toMatchObject({ ok: true })
  expect(await followOrder(officer, { reference })).toMatchObject({ value: { moving: true } })
  await replace(stuck.nonce)
  expect((await approve(0)).result).toMatchObject({ ok: true })
  await followOrder(officer, { reference })
  expect(await submissionsOf(reference)).toEqual([
    ['replaced', expect.stringContaining('another transaction in its place')],
    ['accepted', ''],
  ])
  await ledger.index()
  expect(await getOrderPage(officer, reference)).toMatchObject({ value: { phase: { word: 'Effective' } } })
})

it('a transaction that no block has taken by the deadline comes to an end in words', async () => {
  const { reference, order, approve } = await signedLimit()
  const { result } = await approve(3)
  expect(result).toMatchObject({ ok: true })
  const after = Math.floor(order.deadline.getTime() / 1000) + 1
  await ledger.chain.request('evm_setNextBlockTimestamp', [after])
  await ledger.chain.request('evm_mine', [])
  expect(await followOrder(officer, { reference })).toMatchObject({ ok: true, value: { moving: false } })
  expect(await submissionsOf(reference)).toEqual([
    ['dropped', expect.stringContaining('deadline of the order')],
  ])
})
