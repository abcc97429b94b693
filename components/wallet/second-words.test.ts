import { keccak256 } from 'viem'
import { describe, expect, it } from 'vitest'
import { orderKinds } from '@/lib/chain/order-kinds'
import {
  encodeArguments,
  kindNumber,
  legalRefOf,
  type OrderAction,
  orderHashes,
  orderId,
  orderTypedData,
  reasonWord,
} from '@/lib/chain/orders'
import type { OrderRecord } from '@/lib/db/order'
import { claimedWords, wordsOf } from '@/lib/queries/order-words'
import { sampleDay as day, sampleActions, samplePeople } from '@/test/sample-orders'
import { UnreadableError } from './second-decoder'
import { secondReading } from './second-reading'

const chainId = 31337
const contract = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
const [a, b, c] = samplePeople

function orderOf(action: OrderAction) {
  const chain = {
    kind: kindNumber(action.kind),
    target: c,
    arguments: encodeArguments(action),
    reason: reasonWord('R-14'),
    legalRef: legalRefOf('Letter of 20 Nov'),
    proposer: b,
    nonce: 77n,
    deadline: day,
  }
  const record = { kind: chain.kind, arguments: chain.arguments, subject: '7', before: {} } as OrderRecord
  const hashes = orderHashes(chainId, contract, chain)
  const claims = {
    act: 'propose' as const,
    chainId,
    contract,
    kindName: action.kind,
    target: chain.target,
    proposer: chain.proposer,
    nonce: '77',
    deadline: String(day),
    reasonCode: 'R-14',
    legalText: 'Letter of 20 Nov',
    id: orderId(chainId, contract, chain),
    domainHash: hashes.domain,
    messageHash: hashes.message,
    words: claimedWords(record),
  }
  const typedData = JSON.stringify(orderTypedData(chainId, contract, chain), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  return { record, claims, typedData }
}

describe('the words of the page and of the second decoder', () => {
  it('are tried for every kind', () => {
    expect(sampleActions.map((action) => action.kind)).toEqual(orderKinds.slice(1).map(({ kind }) => kind))
  })

  it.each(sampleActions)('agree on $kind', (action) => {
    const { claims, typedData } = orderOf(action)
    expect(secondReading(claims, { typedData }).disagreements).toEqual([])
  })

  it('agree on the end of a delegation, and on roles that are none', () => {
    for (const action of [
      { kind: 'Delegate', principal: a, delegate: b, startsAt: 0n, until: 0n },
      { kind: 'SetRoles', account: a, person: keccak256('0x02'), roles: 0n },
      { kind: 'SetRoles', account: a, person: keccak256('0x02'), roles: 64n },
    ] as OrderAction[]) {
      const { claims, typedData } = orderOf(action)
      expect(secondReading(claims, { typedData }).disagreements).toEqual([])
    }
  })

  it('a truth that is neither true nor false is refused', () => {
    const { claims, typedData } = orderOf(sampleActions[16]!)
    for (const flagged of [2, '0', 'false', null]) {
      const parsed = JSON.parse(typedData)
      parsed.message.action.flagged = flagged
      const changed = { typedData: JSON.stringify(parsed) }
      expect(() => secondReading(claims, changed)).toThrow(UnreadableError)
    }
  })
})

describe('the sentence of an order', () => {
  it.each(sampleActions)('is a whole one for $kind', (action) => {
    const { title, kind, object } = wordsOf(orderOf(action).record)
    expect(title).toMatch(/^[A-Z0-9]/)
    expect(`${title} ${kind} ${object}`).not.toMatch(/undefined|NaN|\.$/)
  })

  it('says when a freeze ends and who has looked by then', () => {
    const { title } = wordsOf(orderOf({ kind: 'Freeze', account: a, reviewBy: day, expiresAt: day }).record)
    expect(title).toBe(
      '0x8F2a41C98F2A41c98f2A41c98f2a41c98F2A41c9 is frozen until 22 Nov 2026 18:00:00 UTC, reviewed by 22 Nov 2026 18:00:00 UTC',
    )
  })
})
