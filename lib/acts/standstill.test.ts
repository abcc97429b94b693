import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { workerPool } from '@/lib/db/client'
import { getOrderPage } from '@/lib/queries/order'
import { getSigningPage } from '@/lib/queries/signing'
import { callOf, limitInput, orderDeskForThisFile, submit } from '@/test/order-desk'
import { type OrderLedger, signers } from '@/test/order-ledger'
import { checkLimit, prepareLimit } from './limits'
import { signOrder, withdrawOrder } from './orders'
import { whyNotSend } from './why-not-send'

const desk = orderDeskForThisFile()
let ledger: OrderLedger
let officer: Officer
let approver: Officer
beforeAll(() => {
  ;({ ledger, officer, approver } = desk.opened())
})

/** As a worker leaves it: stopped with a reason, or moved so many seconds ago and watched since. */
async function leave({ haltReason = null, seconds = 0 }: { haltReason?: string | null; seconds?: number }) {
  await workerPool().query(
    `UPDATE cursor SET halt_reason = $1, updated_at = now() - $2 * interval '1 second'`,
    [haltReason, seconds],
  )
  await workerPool().query(
    `INSERT INTO node (chain_id, name, seen_at) SELECT chain_id, 'node', now() FROM cursor
     ON CONFLICT (chain_id, name) DO UPDATE SET seen_at = now()`,
  )
}
afterEach(() => leave({}))

const stills = [
  ['halted', { haltReason: 'receipts-root: Block 7' }, /^The index has halted/],
  ['contested', { haltReason: 'nodes-disagree: Block 7 is 0x1 on a and 0x2 on b' }, /^Nodes disagree/],
  ['stalled', { seconds: 61 }, /^No block has come for over a minute/],
] as const

test.each(stills)('while the ledger is %s nothing is prepared, signed or sent', async (_, still, why) => {
  const order = await desk.preparedLimit()
  const signature = await desk.signatureOf(order)
  await leave(still)
  const refused = { code: 'standstill', message: expect.stringMatching(why) }
  const amount = desk.nextAmount()
  expect(await prepareLimit(officer, { ...limitInput, amount })).toMatchObject({ refusal: refused })
  expect(await checkLimit(officer, { ...limitInput, amount })).toMatchObject({ refusal: refused })
  const signed = { reference: order.reference, signature }
  expect(await signOrder(officer, signed)).toMatchObject({ refusal: refused })
  const raw = await ledger.signer(signers.officer).signTransaction({
    ...{ chainId: order.chainId, to: order.contract, gas: 21_000n, gasPrice: 0n, nonce: 0 },
  })
  expect(await whyNotSend(officer, raw)).toMatchObject(refused)

  // The pages say so too, and give a wallet nothing to sign.
  const page = await getOrderPage(officer, order.reference)
  expect(page).toMatchObject({ value: { moves: { sign: { allowed: false, code: 'standstill' } } } })
  const signing = await getSigningPage(officer, order.reference, {})
  expect(signing).toMatchObject({ value: { payload: null, permit: { code: 'standstill' } } })

  await leave({})
  expect(await signOrder(officer, signed)).toMatchObject({ ok: true })
})

test('an unsigned order may be withdrawn, and what was sent before is still taken', async () => {
  const [unsigned, order] = [await desk.preparedLimit(), await desk.signedLimit()]
  const { transactionHash } = await ledger.send(signers.approver, callOf(order))
  await leave({ haltReason: 'receipts-root: Block 7' })
  expect(await withdrawOrder(officer, { reference: unsigned.reference })).toMatchObject({ ok: true })
  expect(await submit(approver, order, transactionHash)).toMatchObject({ ok: true })
})
