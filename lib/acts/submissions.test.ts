import { type Hex, keccak256, toHex } from 'viem'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import type { OrderRecord } from '@/lib/db/order'
import { callOf, orderDeskForThisFile, phaseOf, refusal, submit } from '@/test/order-desk'
import { type OrderLedger, signers } from '@/test/order-ledger'
import { signedIn } from '@/test/people'
import { followOrder } from './follow-order'
import { signOrder, withdrawOrder } from './orders'
import { submitOrder } from './submissions'

const desk = orderDeskForThisFile()
const { signatureOf, preparedLimit, signedLimit } = desk
let ledger: OrderLedger
let officer: Officer
let approver: Officer
beforeAll(() => {
  ;({ ledger, officer, approver } = desk.opened())
})

describe('a submission that is not the order', () => {
  it.each([
    ['of another order', async () => callOf(await signedLimit())],
    ['of another act', async (order: OrderRecord) => callOf(order, 'reject')],
    ['with a bit changed', async (order: OrderRecord) => flipped(callOf(order))],
    [
      'with a tail',
      async (order: OrderRecord) => ({ ...callOf(order), data: `${callOf(order).data}00` as Hex }),
    ],
    [
      'with another signature',
      async (order: OrderRecord) => callOf({ ...order, proposerSignature: '0x1234' }),
    ],
    [
      'to another contract',
      async (order: OrderRecord) => ({ ...callOf(order), to: ledger.deployment.policy }),
    ],
    ['that moves money', async (order: OrderRecord) => ({ ...callOf(order), value: 1n })],
  ])('is refused: a transaction %s', async (_, make) => {
    const order = await signedLimit()
    const call = await make(order)
    const { transactionHash } = await ledger.send(signers.approver, call)
    expect(await submit(approver, order, transactionHash)).toMatchObject(refusal('transaction-differs'))
    expect(await phaseOf(order, officer)).toBe('Awaiting approval')
  })

  it('is refused: somebody else’s transaction, unknown ones, and the same one twice', async () => {
    const order = await signedLimit()
    const stranger = await ledger.send(signers.stranger, callOf(order))
    expect(await submit(approver, order, stranger.transactionHash)).toMatchObject(
      refusal('transaction-differs'),
    )
    expect(await submit(approver, order, keccak256('0x99'))).toMatchObject(refusal('transaction-unknown'))
    const { transactionHash } = await ledger.send(signers.approver, callOf(order))
    expect(await submit(approver, order, transactionHash)).toMatchObject({ ok: true })
    expect(await submit(approver, order, transactionHash)).toMatchObject(refusal('replayed'))
    const other = await signedLimit()
    expect(await submit(approver, other, transactionHash)).toMatchObject(refusal('replayed'))
  })

  it('has one winner of many at once', async () => {
    const order = await signedLimit()
    const { transactionHash } = await ledger.send(signers.approver, callOf(order))
    const results = await Promise.all(
      Array.from({ length: 8 }, () => submit(approver, order, transactionHash)),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

describe('a signature that the contract would not take', () => {
  it('is refused: somebody else’s, of another order, malleable, short', async () => {
    const order = await preparedLimit()
    const good = await signatureOf(order)
    const s = BigInt(`0x${good.slice(66, 130)}`)
    const group = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
    const v = good.endsWith('1b') ? '1c' : '1b'
    const flippedS: Hex = `0x${good.slice(2, 66)}${(group - s).toString(16).padStart(64, '0')}${v}`
    for (const signature of [
      await signatureOf(order, signers.approver),
      await signatureOf(await preparedLimit()),
      flippedS,
      `${good}00` as Hex,
    ]) {
      expect(await signOrder(officer, { reference: order.reference, signature })).toMatchObject(
        refusal('wrong-wallet'),
      )
    }
    expect(await signOrder(approver, { reference: order.reference, signature: good })).toMatchObject(
      refusal('not-permitted'),
    )
    expect(await signOrder(officer, { reference: order.reference, signature: good })).toMatchObject({
      ok: true,
    })
    expect(await signOrder(officer, { reference: order.reference, signature: good })).toMatchObject(
      refusal('replayed'),
    )
  })
})

it('is not for firms to act on, theirs or anybody’s', async () => {
  const order = await preparedLimit()
  const firms = await signedIn('northgate-compliance')
  const hash = keccak256(toHex('a transaction'))
  const signature = await signatureOf(order)
  for (const reference of [order.reference, 'O-2026-99999']) {
    for (const result of [
      await signOrder(firms, { reference, signature }),
      await withdrawOrder(firms, { reference }),
      await submitOrder(firms, { reference, act: 'execute', txHash: hash }),
      await followOrder(firms, { reference }),
    ])
      expect(result).toMatchObject({ ok: false, refusal: { code: 'not-permitted' } })
  }
})

/** One bit of the deadline changed: the call still decodes. */
function flipped({ to, data }: { to: Hex; data: Hex }) {
  const at = 10 + 9 * 64 + 63
  const digit = (Number.parseInt(data[at]!, 16) ^ 1).toString(16)
  return { to, data: `${data.slice(0, at)}${digit}${data.slice(at + 1)}` as Hex }
}
