import { describe, expect, it } from 'vitest'
import {
  isClosed,
  isMoving,
  type OrderFacts,
  type OrderMove,
  permitFor,
  phaseOf,
  type SubmissionState,
  stepsOf,
  type Viewer,
} from './order'

const deadline = new Date('2026-11-29T12:00:00Z')
const before = new Date('2026-11-29T11:59:59Z')
const after = new Date('2026-11-29T12:00:01Z')
const facts = (change: Partial<OrderFacts> = {}): OrderFacts => ({
  signatures: 2,
  deadline,
  signed: true,
  withdrawnAt: null,
  submissions: [],
  outcome: null,
  ...change,
})
const proposer: Viewer = {
  isProposer: true,
  samePerson: true,
  mayPropose: true,
  mayApprove: false,
  mayReject: false,
  mayWithdraw: true,
  wallets: ['0xa1'],
  proposerWallet: '0xa1',
}
const checker: Viewer = {
  isProposer: false,
  samePerson: false,
  mayPropose: false,
  mayApprove: true,
  mayReject: true,
  mayWithdraw: false,
  wallets: ['0xb2'],
  proposerWallet: '0xa1',
}

const states: SubmissionState[] = ['sent', 'accepted', 'reverted', 'replaced', 'dropped', 'mismatch']
const histories = [
  [],
  ...states.map((state) => [state]),
  ...states.flatMap((first) => states.map((second) => [first, second])),
].map((list) => list.map((state) => ({ act: 'execute' as const, state, createdAt: before })))
const outcomes = [
  null,
  ...(['executed', 'cancelled', 'rejected'] as const).flatMap((outcome) =>
    [true, false].map((applied) => ({ outcome, applied })),
  ),
]
const everything = histories.flatMap((submissions) =>
  outcomes.flatMap((outcome) =>
    [1, 2].flatMap((signatures) =>
      [true, false].flatMap((signed) =>
        [null, before].flatMap((withdrawnAt) =>
          [before, after].map((now) => ({
            now,
            facts: facts({ submissions, outcome, signatures, signed, withdrawnAt }),
          })),
        ),
      ),
    ),
  ),
)
const moves: OrderMove[] = ['sign', 'execute', 'reject', 'withdraw', 'cancel']
const viewers: Viewer[] = [
  proposer,
  checker,
  { ...checker, samePerson: true },
  { ...checker, mayApprove: false, mayReject: false },
  { ...proposer, mayApprove: true, mayReject: true },
  { ...checker, wallets: [] },
]

describe('in every state that can be', () => {
  it('only the index makes an order effective', () => {
    for (const { facts: order, now } of everything) {
      const effective = phaseOf(order, now) === 'effective'
      expect(effective).toBe(order.outcome?.outcome === 'executed' && order.outcome.applied)
    }
  })

  it('nobody may do anything to an order that is closed or on its way', () => {
    for (const { facts: order, now } of everything) {
      const phase = phaseOf(order, now)
      if (!isClosed(phase) && !isMoving(phase)) continue
      for (const viewer of viewers) {
        for (const move of moves) expect(permitFor(move, order, viewer, now).allowed).toBe(false)
      }
    }
  })

  it('nobody checks what they proposed, whatever their role', () => {
    for (const { facts: order, now } of everything) {
      if (order.signatures === 1) continue
      for (const viewer of viewers.filter(({ isProposer, samePerson }) => isProposer || samePerson)) {
        expect(permitFor('execute', order, viewer, now)).toMatchObject({ allowed: false, code: 'own-order' })
        expect(permitFor('reject', order, viewer, now)).toMatchObject({ allowed: false, code: 'own-order' })
      }
    }
  })

  it('a refusal says why in a sentence', () => {
    for (const { facts: order, now } of everything) {
      for (const viewer of viewers) {
        for (const move of moves) {
          const permit = permitFor(move, order, viewer, now)
          if (!permit.allowed) expect(permit.why).toMatch(/^[A-Z].+\.$/s)
        }
      }
    }
  })

  it('steps are done from the left, and at most one failed', () => {
    for (const { facts: order, now } of everything) {
      const list = stepsOf(order, now)
      expect(list.map(({ name }) => name).join()).toBe('Prepared,Signed,Sent,In block,Indexed,Effective')
      expect(list.filter(({ state }) => state === 'failed').length).toBeLessThanOrEqual(1)
      const words = list.map(({ state }) => state[0]).join('')
      expect(words).toMatch(/^d*f?t*$/)
      expect(list[0]!.state).toBe('done')
      if (phaseOf(order, now) === 'effective') expect(words).toBe('dddddd')
    }
  })
})

describe('the life of an order of two signatures', () => {
  it.each([
    ['prepared', { signed: false }],
    ['awaiting-approval', {}],
    ['sent', { submissions: [{ act: 'execute', state: 'sent', createdAt: before }] }],
    ['in-block', { submissions: [{ act: 'execute', state: 'accepted', createdAt: before }] }],
    ['indexed', { outcome: { outcome: 'executed', applied: false } }],
    ['effective', { outcome: { outcome: 'executed', applied: true } }],
    ['reverted', { submissions: [{ act: 'execute', state: 'reverted', createdAt: before }] }],
    ['replaced', { submissions: [{ act: 'execute', state: 'replaced', createdAt: before }] }],
    ['dropped', { submissions: [{ act: 'execute', state: 'dropped', createdAt: before }] }],
    ['withdrawn', { signed: false, withdrawnAt: before }],
    ['cancelled', { outcome: { outcome: 'cancelled', applied: true } }],
    ['rejected', { outcome: { outcome: 'rejected', applied: true } }],
  ] as [string, Partial<OrderFacts>][])('is %s', (phase, change) => {
    expect(phaseOf(facts(change), before)).toBe(phase)
  })

  it('lasts up to and including its deadline', () => {
    expect(phaseOf(facts(), deadline)).toBe('awaiting-approval')
    expect(phaseOf(facts(), after)).toBe('expired')
    expect(permitFor('execute', facts(), checker, deadline).allowed).toBe(true)
    expect(permitFor('execute', facts(), checker, after)).toMatchObject({ code: 'order-expired' })
  })

  it('keeps a transaction that is under way past its deadline', () => {
    expect(
      phaseOf(facts({ submissions: [{ act: 'execute', state: 'sent', createdAt: before }] }), after),
    ).toBe('sent')
  })

  it('is not held back by a transaction that is stuck, and expires in spite of it', () => {
    const minutes = (count: number) => new Date(before.getTime() + count * 60_000)
    const stuck = facts({
      deadline: minutes(60),
      submissions: [{ act: 'execute', state: 'sent', createdAt: before }],
    })
    expect(permitFor('execute', stuck, checker, minutes(4))).toMatchObject({ code: 'order-closed' })
    expect(permitFor('execute', stuck, checker, minutes(6)).allowed).toBe(true)
    expect(permitFor('cancel', stuck, proposer, minutes(6)).allowed).toBe(true)
    expect(phaseOf(stuck, minutes(6))).toBe('sent')
    expect(phaseOf(stuck, minutes(61))).toBe('expired')
    const mined = facts({ submissions: [{ act: 'execute', state: 'accepted', createdAt: before }] })
    expect(permitFor('execute', mined, checker, minutes(6))).toMatchObject({ code: 'order-closed' })
  })

  it('may be tried again after a failure', () => {
    for (const state of ['reverted', 'replaced', 'dropped'] as const) {
      const order = facts({ submissions: [{ act: 'execute', state, createdAt: before }] })
      expect(permitFor('execute', order, checker, before).allowed).toBe(true)
    }
  })

  it('lets each do their part and no more', () => {
    const open = facts({ signed: false })
    expect(permitFor('sign', open, proposer, before).allowed).toBe(true)
    expect(permitFor('withdraw', open, proposer, before).allowed).toBe(true)
    expect(permitFor('cancel', open, proposer, before).allowed).toBe(false)
    expect(permitFor('execute', open, checker, before)).toMatchObject({ code: 'stale' })
    expect(permitFor('sign', facts(), proposer, before)).toMatchObject({ code: 'replayed' })
    expect(permitFor('withdraw', facts(), proposer, before)).toMatchObject({ code: 'stale' })
    expect(permitFor('cancel', facts(), proposer, before).allowed).toBe(true)
    expect(permitFor('execute', facts(), checker, before).allowed).toBe(true)
    expect(permitFor('reject', facts(), checker, before).allowed).toBe(true)
    expect(permitFor('withdraw', open, checker, before)).toMatchObject({ code: 'not-permitted' })
  })

  it('asks for the wallet that it names', () => {
    const open = facts({ signed: false })
    expect(permitFor('sign', open, { ...proposer, wallets: [] }, before)).toMatchObject({ code: 'no-wallet' })
    expect(permitFor('sign', open, { ...proposer, wallets: ['0xc3'] }, before)).toMatchObject({
      code: 'wrong-wallet',
    })
  })
})

it('an order of one signature is its proposer’s transaction and nobody’s to approve', () => {
  const one = facts({ signatures: 1, signed: false })
  expect(permitFor('execute', one, proposer, before).allowed).toBe(true)
  expect(permitFor('execute', one, checker, before)).toMatchObject({ code: 'not-permitted' })
  expect(permitFor('reject', one, checker, before).allowed).toBe(false)
  expect(permitFor('sign', one, proposer, before).allowed).toBe(false)
})
