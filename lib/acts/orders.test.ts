import { type Hex, keccak256, toHex } from 'viem'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { limitPolicyAbi } from '@/lib/chain/generated/limit-policy'
import { withActor } from '@/lib/db/client'
import { findOrderEvidence } from '@/lib/db/order'
import { getOrderPage } from '@/lib/queries/order'
import { getOrdersPage } from '@/lib/queries/orders'
import { callOf, kycInput, orderDeskForThisFile, phaseOf, refusal, submit } from '@/test/order-desk'
import { firm, type OrderLedger, signers } from '@/test/order-ledger'
import { signedIn } from '@/test/people'
import { followOrder } from './follow-order'
import { prepareKyc } from './kyc'
import { signOrder, withdrawOrder } from './orders'

const desk = orderDeskForThisFile()
const { journal, read, signatureOf, preparedLimit, signedLimit } = desk
let ledger: OrderLedger
let officer: Officer
let approver: Officer
let firmOfficer: Officer
beforeAll(async () => {
  ;({ ledger, officer, approver } = desk.opened())
  firmOfficer = { ...(await signedIn('northgate-compliance')), firmId: firm.id }
})

describe('a limit change of two officers', () => {
  it('is prepared, signed, approved, and effective once the index has read it', async () => {
    await journal()
    const order = await preparedLimit()
    expect(order).toMatchObject({ signatures: 2, before: { name: firm.name, limit: 'unset' } })
    expect(await phaseOf(order, officer)).toBe('Prepared')
    await signOrder(officer, { reference: order.reference, signature: await signatureOf(order) })
    expect(await phaseOf(order, officer)).toBe('Awaiting approval')

    const receipt = await ledger.send(signers.approver, callOf(await read(order.reference)))
    expect(receipt.status).toBe('success')
    expect(await submit(approver, order, receipt.transactionHash)).toMatchObject({ ok: true })
    expect(await phaseOf(order, officer)).toBe('In block')
    await ledger.index()
    expect(await phaseOf(order, officer)).toBe('Effective')
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
    expect(await phaseOf(order, officer)).toBe('Awaiting approval')
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
    expect(await phaseOf(order, officer)).toBe('Rejected')
    const again = await ledger.send(signers.approver, callOf(order))
    expect(await submit(approver, order, again.transactionHash)).toMatchObject(refusal('order-closed'))
  })

  it('is withdrawn without a transaction before it is signed, and with one afterwards', async () => {
    const unsigned = await preparedLimit()
    expect(await withdrawOrder(approver, unsigned)).toMatchObject(refusal('not-permitted'))
    expect(await withdrawOrder(officer, unsigned)).toMatchObject({ ok: true })
    expect(await phaseOf(unsigned, officer)).toBe('Withdrawn')
    const late = { reference: unsigned.reference, signature: await signatureOf(unsigned) }
    expect(await signOrder(officer, late)).toMatchObject(refusal('order-closed'))

    const signed = await signedLimit()
    expect(await withdrawOrder(officer, signed)).toMatchObject(refusal('stale'))
    const { transactionHash } = await ledger.send(signers.officer, callOf(signed, 'cancel'))
    expect(await submit(officer, signed, transactionHash, 'cancel')).toMatchObject({ ok: true })
    await ledger.index()
    expect(await phaseOf(signed, officer)).toBe('Cancelled')
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
    expect(await phaseOf(order, officer)).toBe('Effective')
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
