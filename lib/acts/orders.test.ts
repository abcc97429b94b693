import { type Hex, keccak256, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { limitPolicyAbi } from '@/lib/chain/generated/limit-policy'
import { callFor } from '@/lib/chain/order-call'
import { chainOrderOf, orderTypedData, reasonWord } from '@/lib/chain/orders'
import { withActor } from '@/lib/db/client'
import { findOrder, findOrderEvidence, type OrderRecord } from '@/lib/db/order'
import { getOrderPage } from '@/lib/queries/order'
import { getOrdersPage } from '@/lib/queries/orders'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import { customer, firm, type OrderLedger, signers, startOrderLedger } from '@/test/order-ledger'
import { journalReader, signedIn } from '@/test/people'
import { followOrder } from './follow-order'
import { prepareKyc } from './kyc'
import { type PrepareKycInput, prepareKycSchema } from './kyc.schema'
import { prepareLimit } from './limits'
import { type PrepareLimitInput, prepareLimitSchema } from './limits.schema'
import { signOrder, withdrawOrder } from './orders'
import { submitOrderSchema } from './orders.schema'
import { submitOrder } from './submissions'

environmentForThisFile()
const journal = journalReader(databaseForThisFile())
let ledger: OrderLedger
let officer: Officer
let approver: Officer
let firmOfficer: Officer

beforeAll(async () => {
  ledger = await startOrderLedger()
  officer = await signedIn('officer')
  approver = await signedIn('approver')
  firmOfficer = { ...(await signedIn('northgate-compliance')), firmId: firm.id }
}, 120_000)
afterAll(() => ledger?.stop())

const limitInput: PrepareLimitInput = {
  scope: 'firm',
  subject: String(firm.id),
  window: 'day',
  bound: 'amount',
  amount: '4,000,000.00',
  reason: 'L-01',
  reasonText: 'seasonal settlement',
  legalText: 'Letter of 20 Nov',
}
const kycInput: PrepareKycInput = {
  identity: customer,
  status: 'verified',
  tier: '2',
  expiry: '2029-12-01',
  evidence: 'File 2026/1044',
  reason: 'K-01',
  reasonText: '',
  legalText: 'Practice note 7',
}

let amount = 4_000_000
/** A limit order of its own: each asks for another amount. The index has read all that came before. */
async function preparedLimit(who = officer): Promise<OrderRecord> {
  await ledger.index()
  const result = await prepareLimit(who, { ...limitInput, amount: String(amount++) })
  if (!result.ok) throw new Error(result.refusal.message)
  return read(result.value.reference)
}
const read = async (reference: string) => (await withActor(officer, (tx) => findOrder(tx, reference)))!
const typedOf = (order: OrderRecord) => orderTypedData(order.chainId, order.contract, chainOrderOf(order))
const signatureOf = (order: OrderRecord, index: number = signers.officer) =>
  ledger.signer(index).signTypedData(typedOf(order))

async function signedLimit() {
  const order = await preparedLimit()
  const result = await signOrder(officer, { reference: order.reference, signature: await signatureOf(order) })
  expect(result.ok).toBe(true)
  return read(order.reference)
}
const callOf = (order: OrderRecord, act: 'execute' | 'cancel' | 'reject' = 'execute') =>
  callFor(act, order.contract, chainOrderOf(order), {
    signature: order.signatures > 1 ? order.proposerSignature : null,
    rejectReason: reasonWord('X-02'),
  })
const phaseOf = async (order: OrderRecord, who = officer) => {
  const page = await getOrderPage(who, order.reference)
  return page.ok ? page.value.phase.word : page.refusal.code
}
const submit = (
  who: Officer,
  order: OrderRecord,
  txHash: Hex,
  act: 'execute' | 'cancel' | 'reject' = 'execute',
) => submitOrder(who, { reference: order.reference, act, txHash })
const refusal = (code: string) => ({ ok: false, refusal: { code } })

describe('a limit change of two officers', () => {
  it('is prepared, signed, approved, and effective once the index has read it', async () => {
    await journal()
    const order = await preparedLimit()
    expect(order).toMatchObject({ signatures: 2, before: { name: firm.name, limit: 'unset' } })
    expect(await phaseOf(order)).toBe('Prepared')
    await signOrder(officer, { reference: order.reference, signature: await signatureOf(order) })
    expect(await phaseOf(order)).toBe('Awaiting approval')

    const receipt = await ledger.send(signers.approver, callOf(await read(order.reference)))
    expect(receipt.status).toBe('success')
    expect(await submit(approver, order, receipt.transactionHash)).toMatchObject({ ok: true })
    expect(await phaseOf(order)).toBe('In block')
    await ledger.index()
    expect(await phaseOf(order)).toBe('Effective')
    expect(await phaseOf(order, firmOfficer)).toBe('Effective')
    expect(await getOrdersPage(firmOfficer, {})).toMatchObject({
      value: { rows: [{ kind: 'Limit change' }] },
    })
    expect((await journal()).map(({ act, subject }) => [act, subject])).toEqual(
      ['prepare:limit', 'sign:order', 'approve:order'].map((act) => [act, order.reference]),
    )
    const [limit] = await ledger.client.readContract({
      address: ledger.deployment.policy,
      abi: limitPolicyAbi,
      functionName: 'limitOf',
      args: [2, toHex(firm.id, { size: 32 }), 1],
    })
    expect(limit).toBe(BigInt(order.after.limit!))
  })

  it('is refused to its own proposer, here and on chain', async () => {
    const order = await signedLimit()
    const own = await ledger.send(signers.officer, callOf(order))
    expect(own.status).toBe('reverted')
    expect(await submit(officer, order, own.transactionHash)).toMatchObject(refusal('own-order'))
    expect(await submit(officer, order, own.transactionHash, 'reject')).toMatchObject(refusal('own-order'))
    expect(await phaseOf(order)).toBe('Awaiting approval')
  })

  it('is refused to the same natural person under another name', async () => {
    const order = await signedLimit()
    const twin = { ...approver, chainPerson: officer.chainPerson } as Officer
    const { transactionHash } = await ledger.send(signers.approver, callOf(order))
    expect(await submit(twin, order, transactionHash)).toMatchObject(refusal('own-order'))
    expect(await submit(approver, order, transactionHash)).toMatchObject({ ok: true })
  })

  it('cannot be approved before it is signed, nor by somebody without the role', async () => {
    const order = await preparedLimit()
    const { transactionHash } = await ledger.send(signers.approver, callOf(order))
    expect(await submit(approver, order, transactionHash)).toMatchObject(refusal('stale'))
    for (const role of ['analyst', 'supervisor', 'auditor', 'administrator']) {
      expect(await submit(await signedIn(role), order, transactionHash)).toMatchObject(
        refusal('not-permitted'),
      )
    }
  })

  it('says in words why the contract refused it, and may be tried again', async () => {
    const order = await signedLimit()
    const { transactionHash, status } = await ledger.send(signers.approver, {
      ...callOf({ ...order, proposerSignature: order.proposerSignature }),
    })
    expect(status).toBe('success')
    const again = await ledger.send(signers.approver, callOf(order))
    expect(again.status).toBe('reverted')
    expect(await submit(approver, order, again.transactionHash)).toMatchObject({ ok: true })
    const page = await getOrderPage(approver, order.reference)
    expect(page).toMatchObject({
      value: { phase: { word: 'Reverted' }, failure: 'The order was executed before.' },
    })
    expect(await submit(approver, order, transactionHash)).toMatchObject({ ok: true })
  })

  it('is rejected by an approver with a reason on chain', async () => {
    const order = await signedLimit()
    const { transactionHash } = await ledger.send(signers.approver, callOf(order, 'reject'))
    expect(await submit(approver, order, transactionHash, 'reject')).toMatchObject({ ok: true })
    await ledger.index()
    expect(await phaseOf(order)).toBe('Rejected')
    const again = await ledger.send(signers.approver, callOf(order))
    expect(await submit(approver, order, again.transactionHash)).toMatchObject(refusal('order-closed'))
  })

  it('is withdrawn without a transaction before it is signed, and with one afterwards', async () => {
    const unsigned = await preparedLimit()
    expect(await withdrawOrder(approver, unsigned)).toMatchObject(refusal('not-permitted'))
    expect(await withdrawOrder(officer, unsigned)).toMatchObject({ ok: true })
    expect(await phaseOf(unsigned)).toBe('Withdrawn')
    const late = { reference: unsigned.reference, signature: await signatureOf(unsigned) }
    expect(await signOrder(officer, late)).toMatchObject(refusal('order-closed'))

    const signed = await signedLimit()
    expect(await withdrawOrder(officer, signed)).toMatchObject(refusal('stale'))
    const { transactionHash } = await ledger.send(signers.officer, callOf(signed, 'cancel'))
    expect(await submit(officer, signed, transactionHash, 'cancel')).toMatchObject({ ok: true })
    await ledger.index()
    expect(await phaseOf(signed)).toBe('Cancelled')
  })
})

describe('a KYC decision of one officer', () => {
  it('takes effect by its own transaction', async () => {
    const prepared = await prepareKyc(officer, kycInput)
    if (!prepared.ok) throw new Error(prepared.refusal.message)
    const order = await read(prepared.value.reference)
    expect(order.signatures).toBe(1)
    const evidence = (await withActor(officer, (tx) => findOrderEvidence(tx, order.id)))!
    expect(evidence.text).toBe('File 2026/1044')
    const salted = `${evidence.salt}${toHex(evidence.text).slice(2)}` as Hex
    expect(order.after.evidence).toBe(keccak256(salted))
    const signature = await signatureOf(order)
    expect(await signOrder(officer, { reference: order.reference, signature })).toMatchObject(
      refusal('order-closed'),
    )
    const { transactionHash } = await ledger.send(signers.officer, callOf(order))
    expect(await submit(approver, order, transactionHash)).toMatchObject(refusal('not-permitted'))
    expect(await submit(officer, order, transactionHash)).toMatchObject({ ok: true })
    expect(await followOrder(approver, order)).toMatchObject({ ok: true, value: { moving: true } })
    await ledger.index()
    expect(await phaseOf(order)).toBe('Effective')
    expect(await followOrder(approver, order)).toMatchObject({ ok: true, value: { moving: false } })
  })

  it('is not prepared while the chain says something else than the index', async () => {
    const prepared = await prepareKyc(officer, { ...kycInput, status: 'suspended', reason: 'K-03' })
    if (!prepared.ok) throw new Error(prepared.refusal.message)
    await ledger.send(signers.officer, callOf(await read(prepared.value.reference)))
    expect(await prepareKyc(officer, { ...kycInput, tier: '1' })).toMatchObject(refusal('stale'))
    await ledger.index()
    expect(await prepareKyc(officer, { ...kycInput, tier: '1' })).toMatchObject({ ok: true })
  })

  it.each([
    ['a tier without limits', { tier: '9' }],
    ['no end', { expiry: '' }],
    ['an end that has passed', { expiry: '2020-01-01' }],
    ['an end too far away', { expiry: '2099-01-01' }],
  ])('is refused with %s', async (_, change) => {
    expect(await prepareKyc(officer, { ...kycInput, ...change })).toMatchObject(refusal('bad-input'))
  })

  it('is refused about nobody, and to an officer without a wallet', async () => {
    const nobody: Hex = `0x${'ee'.repeat(20)}`
    expect(await prepareKyc(officer, { ...kycInput, identity: nobody })).toMatchObject(refusal('not-found'))
    expect(await prepareKyc(await signedIn('supervisor'), kycInput)).toMatchObject(refusal('no-wallet'))
    expect(await prepareKyc(approver, kycInput)).toMatchObject(refusal('wrong-wallet'))
  })
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
    expect(await phaseOf(order)).toBe('Awaiting approval')
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

  it('gives parallel preparers references of their own', async () => {
    await ledger.index()
    const input = { ...limitInput, amount: String(amount++) }
    const results = await Promise.all(Array.from({ length: 6 }, () => prepareLimit(officer, input)))
    expect(new Set(results.map((result) => result.ok && result.value.reference)).size).toBe(6)
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

describe('bad input', () => {
  it.each([
    '1e3',
    '0x10',
    '１００',
    '-5',
    '1.234',
    (2n ** 256n).toString(),
    '',
    'NaN',
    '1,00',
    String(2n ** 96n),
  ])('is refused: the amount %s', async (text) => {
    expect(await prepareLimit(officer, { ...limitInput, amount: text })).toMatchObject({
      refusal: { code: 'bad-input', fields: { amount: expect.any(String) } },
    })
  })

  it.each([
    ['a firm that is not there', { subject: '999' }],
    ['an address that is none', { scope: 'identity' as const, subject: '0x123' }],
    ['a number with a sign', { subject: '+7' }],
    ['a balance limit of a firm', { window: 'balance' as const }],
    ['no limit with an amount', { bound: 'none' as const }],
  ])('is refused: %s', async (_, change) => {
    expect(await prepareLimit(officer, { ...limitInput, ...change })).toMatchObject(refusal('bad-input'))
  })

  it('is refused by the schemas', () => {
    const order = { reference: 'O-2026-00001', act: 'execute', txHash: `0x${'a'.repeat(64)}` }
    expect(submitOrderSchema.safeParse(order).success).toBe(true)
    for (const bad of [{ txHash: '0x12' }, { act: 'delegatecall' }, { reference: "O-1' or 1=1" }]) {
      expect(submitOrderSchema.safeParse({ ...order, ...bad }).success).toBe(false)
    }
    expect(prepareKycSchema.safeParse({ ...kycInput, expiry: '2027-02-30' }).success).toBe(false)
    expect(prepareKycSchema.safeParse({ ...kycInput, identity: customer.slice(0, 40) }).success).toBe(false)
    expect(prepareLimitSchema.safeParse({ ...limitInput, legalText: ' ' }).success).toBe(false)
  })
})

/** One bit of the deadline changed: the call still decodes. */
function flipped({ to, data }: { to: Hex; data: Hex }) {
  const at = 10 + 9 * 64 + 63
  const digit = (Number.parseInt(data[at]!, 16) ^ 1).toString(16)
  return { to, data: `${data.slice(0, at)}${digit}${data.slice(at + 1)}` as Hex }
}
