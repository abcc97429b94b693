import { keccak256 } from 'viem'
import { describe, expect, it } from 'vitest'
import {
  type ChainOrder,
  cancelCall,
  encodeArguments,
  executeCall,
  kindNumber,
  legalRefOf,
  type OrderAction,
  orderHashes,
  orderId,
  orderTypedData,
  reasonWord,
  rejectCall,
  subjectWord,
} from '@/lib/chain/orders'
import { UnreadableError } from './second-decoder'
import { type Claims, secondReading } from './second-reading'

const chainId = 31337
const contract = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
const other = '0x00000000000000000000000000000000000000aa'
const identity = '0x8f2a41c98f2a41c98f2a41c98f2a41c98f2a41c9'
const evidence = keccak256('0x0102')

const limit: OrderAction = {
  kind: 'SetLimit',
  scope: 2,
  subject: subjectWord(7),
  window: 1,
  limit: 400_000_000n,
}
const kyc: OrderAction = { kind: 'DecideKyc', identity, status: 2, tier: 2, expiry: 1_827_619_200n, evidence }

const orderOf = (action: OrderAction, change: Partial<ChainOrder> = {}): ChainOrder => ({
  kind: kindNumber(action.kind),
  target: '0xe7f1725e7734ce288f8367e1bb143e90bb3f0512',
  arguments: encodeArguments(action),
  reason: reasonWord('R-14'),
  legalRef: legalRefOf('Letter of 20 Nov'),
  proposer: '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
  nonce: 77n,
  deadline: 1_795_370_400n,
  ...change,
})

function claimsOf(order: ChainOrder, act: Claims['act'], words: Claims['words']): Claims {
  const hashes = orderHashes(chainId, contract, order)
  return {
    act,
    chainId,
    contract,
    kindName: order.kind === 1 ? 'DecideKyc' : 'SetLimit',
    target: order.target,
    proposer: order.proposer,
    nonce: String(order.nonce),
    deadline: String(order.deadline),
    reasonCode: 'R-14',
    legalText: 'Letter of 20 Nov',
    id: orderId(chainId, contract, order),
    domainHash: hashes.domain,
    messageHash: hashes.message,
    words,
    ...(act === 'reject' ? { rejectReason: 'R-90' } : {}),
  }
}

const limitWords = { scope: 'firm', subject: '7', window: '24 hours', limit: '4,000,000.00' }
const kycWords = { identity, status: 'verified', tier: '2', expiry: '1 Dec 2027 00:00:00 UTC', evidence }
const typed = (order: ChainOrder) => ({
  typedData: JSON.stringify(orderTypedData(chainId, contract, order), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  ),
})
const signature = `0x${'ab'.repeat(65)}` as const

describe('two decoders agree', () => {
  it('on an order to sign', () => {
    const order = orderOf(limit)
    const reading = secondReading(claimsOf(order, 'propose', limitWords), typed(order))
    expect(reading.disagreements).toEqual([])
    expect(`0x${reading.hashes.digest}`).toBe(orderId(chainId, contract, order))
    expect(reading.shown).toContainEqual({ name: 'limit', value: '400000000', says: '4,000,000.00' })
  })

  it.each([
    ['execute', (order: ChainOrder) => executeCall(contract, order, signature)],
    ['cancel', (order: ChainOrder) => cancelCall(contract, order)],
    ['reject', (order: ChainOrder) => rejectCall(contract, order, signature, reasonWord('R-90'))],
  ] as const)('on calldata to %s', (act, callOf) => {
    for (const [action, words] of [
      [limit, limitWords],
      [kyc, kycWords],
    ] as const) {
      const order = orderOf(action)
      expect(secondReading(claimsOf(order, act, words), callOf(order)).disagreements).toEqual([])
    }
  })

  it('on a limit that is no limit', () => {
    const order = orderOf({ ...limit, limit: 2n ** 256n - 1n } as OrderAction)
    const words = { ...limitWords, limit: 'no limit' }
    expect(secondReading(claimsOf(order, 'propose', words), typed(order)).disagreements).toEqual([])
  })
})

describe('a page that was tampered with is found out', () => {
  const changes: [string, ChainOrder][] = [
    ['limit', orderOf({ ...limit, limit: 900_000_000n } as OrderAction)],
    ['subject', orderOf({ ...limit, subject: subjectWord(8) } as OrderAction)],
    ['window', orderOf({ ...limit, window: 2 } as OrderAction)],
    ['scope', orderOf({ ...limit, scope: 1 } as OrderAction)],
    ['Target', orderOf(limit, { target: other })],
    ['Proposer', orderOf(limit, { proposer: other })],
    ['Nonce', orderOf(limit, { nonce: 78n })],
    ['Deadline', orderOf(limit, { deadline: 1_795_370_401n })],
    ['Reason', orderOf(limit, { reason: reasonWord('R-15') })],
    ['Legal reference', orderOf(limit, { legalRef: legalRefOf('Letter of 21 Nov') })],
    ['Kind', orderOf(kyc)],
  ]

  it.each(changes)('in the bytes: %s', (what, changed) => {
    const claims = claimsOf(orderOf(limit), 'execute', limitWords)
    for (const payload of [executeCall(contract, changed, signature), typed(changed)]) {
      const { disagreements } = secondReading(claims, payload)
      expect(disagreements.some((line) => line.startsWith(what))).toBe(true)
      // The id binds every member, whatever the page's words say.
      expect(disagreements.some((line) => line.startsWith('Order id'))).toBe(true)
    }
  })

  it.each(Object.keys(limitWords))('in the words: %s', (name) => {
    const claims = claimsOf(orderOf(limit), 'execute', { ...limitWords, [name]: 'something else' })
    expect(
      secondReading(claims, executeCall(contract, orderOf(limit), signature)).disagreements,
    ).toHaveLength(1)
  })

  it('in the act, the chain, the contract, the hashes or the reason to reject', () => {
    const order = orderOf(limit)
    const claims = claimsOf(order, 'execute', limitWords)
    const call = executeCall(contract, order, signature)
    expect(secondReading(claims, cancelCall(contract, order)).disagreements[0]).toMatch(/^Act/)
    expect(secondReading({ ...claims, act: 'propose', chainId: 1 }, typed(order)).disagreements[0]).toMatch(
      /^Chain/,
    )
    expect(
      secondReading({ ...claims, act: 'propose', contract: other }, typed(order)).disagreements[0],
    ).toMatch(/^Contract/)
    expect(secondReading({ ...claims, contract: other }, call).disagreements.join()).toMatch(/Domain hash/)
    expect(secondReading(claims, { ...call, to: other }).disagreements).toEqual([
      `Contract: the page says ${contract}, the bytes say ${other}`,
    ])
    expect(secondReading({ ...claims, messageHash: evidence }, call).disagreements[0]).toMatch(
      /^Message hash/,
    )
    const rejected = rejectCall(contract, order, signature, reasonWord('R-91'))
    expect(secondReading(claimsOf(order, 'reject', limitWords), rejected).disagreements[0]).toMatch(
      /^Reason for rejecting/,
    )
  })
})

describe('bytes that it cannot read are refused, not guessed', () => {
  const order = orderOf(limit)
  const claims = claimsOf(order, 'execute', limitWords)
  const { data } = executeCall(contract, order, signature)
  const flip = (word: number, value: string) => {
    const at = 10 + word * 64
    return `${data.slice(0, at)}${value.padStart(64, '0')}${data.slice(at + 64)}`
  }

  it.each([
    ['an unknown selector', `0xdeadbeef${data.slice(10)}`],
    ['a tail', `${data}${'00'.repeat(32)}`],
    ['a cut', data.slice(0, -64)],
    ['half a byte', `${data}0`],
    ['a moved order', flip(0, '60')],
    ['a moved signature', flip(1, '00')],
    ['an unknown kind', flip(2, '09')],
    ['a kind that does not fit its type', flip(2, '100')],
    ['an address with more than 20 bytes', flip(3, `1${'0'.repeat(40)}`)],
    ['a deadline of more than 64 bits', flip(9, `1${'0'.repeat(16)}`)],
    ['arguments of another length', flip(10, '60')],
    ['an overlong length', flip(10, 'ffffffff')],
  ])('%s', (_, changed) => {
    expect(() => secondReading(claims, { to: contract, data: changed })).toThrow(UnreadableError)
  })

  it.each([
    ['a type of another member', (data: Typed) => (data.types.SetLimit![3]!.type = 'uint128')],
    ['a renamed type', (data: Typed) => (data.primaryType = 'SetLimits')],
    ['a type more', (data: Typed) => (data.types.Permit = [])],
    ['another domain', (data: Typed) => (data.domain.name = 'Permit2')],
    ['a member that is not hashed', (data: Typed) => (data.message.note = 'harmless')],
    ['a member of the action that is not hashed', (data: Typed) => (data.message.action.note = 'harmless')],
  ])('typed data with %s', (_, change) => {
    const parsed: Typed = JSON.parse(typed(order).typedData)
    change(parsed)
    expect(() => secondReading(claims, { typedData: JSON.stringify(parsed) })).toThrow(UnreadableError)
  })
})

type Typed = {
  domain: Record<string, unknown>
  types: Record<string, { name: string; type: string }[]>
  primaryType: string
  message: Record<string, unknown> & { action: Record<string, unknown> }
}
