import type { Hex } from 'viem'
import { afterAll, beforeAll, expect } from 'vitest'
import type { PrepareKycInput } from '@/lib/acts/kyc.schema'
import { prepareLimit } from '@/lib/acts/limits'
import type { PrepareLimitInput } from '@/lib/acts/limits.schema'
import { signOrder } from '@/lib/acts/orders'
import { submitOrder } from '@/lib/acts/submissions'
import type { Officer } from '@/lib/auth/officer'
import { callFor } from '@/lib/chain/order-call'
import { chainOrderOf, orderTypedData, reasonWord } from '@/lib/chain/orders'
import { withActor } from '@/lib/db/client'
import { findOrder, type OrderRecord } from '@/lib/db/order'
import { getOrderPage } from '@/lib/queries/order'
import { databaseForThisFile } from './database'
import { environmentForThisFile } from './environment'
import { customer, firm, type OrderLedger, signers, startOrderLedger } from './order-ledger'
import { journalReader, signedIn } from './people'

export type OrderAct = 'execute' | 'cancel' | 'reject'

export const limitInput: PrepareLimitInput = {
  scope: 'firm',
  subject: String(firm.id),
  window: 'day',
  bound: 'amount',
  amount: '4,000,000.00',
  reason: 'L-01',
  reasonText: 'seasonal settlement',
  legalText: 'Letter of 20 Nov',
}

export const kycInput: PrepareKycInput = {
  identity: customer,
  status: 'verified',
  tier: '2',
  expiry: '2029-12-01',
  evidence: 'File 2026/1044',
  reason: 'K-01',
  reasonText: '',
  legalText: 'Practice note 7',
}

export const refusal = (code: string) => ({ ok: false, refusal: { code } })

export const callOf = (order: OrderRecord, act: OrderAct = 'execute') =>
  callFor(act, order.contract, chainOrderOf(order), {
    signature: order.signatures > 1 ? order.proposerSignature : null,
    rejectReason: reasonWord('X-02'),
  })

export const submit = (who: Officer, order: OrderRecord, txHash: Hex, act: OrderAct = 'execute') =>
  submitOrder(who, { reference: order.reference, act, txHash })

export const phaseOf = async (order: OrderRecord, who: Officer) => {
  const page = await getOrderPage(who, order.reference)
  return page.ok ? page.value.phase.word : page.refusal.code
}

/** For the top of a test file: a ledger, a database and who works on orders. What is `opened` is there once tests run. */
export function orderDeskForThisFile() {
  environmentForThisFile()
  const journal = journalReader(databaseForThisFile())
  let open: { ledger: OrderLedger; officer: Officer; approver: Officer }
  beforeAll(async () => {
    const ledger = await startOrderLedger()
    open = { ledger, officer: await signedIn('officer'), approver: await signedIn('approver') }
  }, 120_000)
  afterAll(() => open?.ledger.stop())

  let amount = 4_000_000
  /** Each limit order asks for another amount. */
  const nextAmount = () => String(amount++)
  const read = async (reference: string) => (await withActor(open.officer, (tx) => findOrder(tx, reference)))!
  const typedOf = (order: OrderRecord) => orderTypedData(order.chainId, order.contract, chainOrderOf(order))
  const signatureOf = (order: OrderRecord, index: number = signers.officer) =>
    open.ledger.signer(index).signTypedData(typedOf(order))

  /** A limit order of its own. The index has read all that came before. */
  async function preparedLimit(): Promise<OrderRecord> {
    await open.ledger.index()
    const result = await prepareLimit(open.officer, { ...limitInput, amount: nextAmount() })
    if (!result.ok) throw new Error(result.refusal.message)
    return read(result.value.reference)
  }

  async function signedLimit(): Promise<OrderRecord> {
    const order = await preparedLimit()
    const signed = { reference: order.reference, signature: await signatureOf(order) }
    expect((await signOrder(open.officer, signed)).ok).toBe(true)
    return read(order.reference)
  }

  return { opened: () => open, journal, nextAmount, read, signatureOf, preparedLimit, signedLimit }
}
