import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { factsOf, viewerOf } from '@/lib/auth/order-viewer'
import { callFor } from '@/lib/chain/order-call'
import { chainOrderOf, decodeArguments, kindName } from '@/lib/chain/orders'
import {
  isClosed,
  isMoving,
  type OrderMove,
  type Permit,
  permitFor,
  phaseOf,
  stepsOf,
} from '@/lib/compliance/order'
import { permitAt, whyNothingIsSigned } from '@/lib/compliance/standstill'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { findIndexState } from '@/lib/db/cursor'
import { findFirm } from '@/lib/db/firm'
import { findOrderEvidence } from '@/lib/db/order'
import { findOrderLife, type OrderLife } from '@/lib/db/order-life'
import { listOrderPeople } from '@/lib/db/order-people'
import { findSignerPerson, listPersonNames, listSigners } from '@/lib/db/order-signer'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { sentence } from '@/lib/format/number'
import { type AsOf, getAsOf } from './as-of'
import { findDrift, findImpact, type Impact } from './order-drift'
import { type Moment, timelineOf } from './order-timeline'
import { type OrderWords, phaseLooks, wordsAt } from './order-words'
import { refusePage } from './refuse-page'

export type OrderStep = { label: string; state: 'done' | 'current' | 'ahead' | 'failed' }

/** What the order page and the signing page both show. */
export type OrderSummary = {
  asOf: AsOf
  reference: string
  words: OrderWords
  phase: { word: string; status: 'compliant' | 'warning' | 'info' | 'pending' | 'closed' }
  /** A transaction is under way: what becomes of it should be asked. */
  moving: boolean
  closed: boolean
  steps: OrderStep[]
  /** Why the last transaction failed, in words. */
  failure: string | null
  firm: { id: number; name: string; lei: string } | null
  /** What it is about: the page of it, and how it is called there, in full. */
  about: { text: string; href: string | null; isAddress: boolean }
  contract: string
  target: string
  reason: { code: string; text: string }
  legalText: string
  proposer: { name: string | null; wallet: string; isViewer: boolean }
  signatures: number
  createdAt: string
  deadline: string
  drift: string | null
  impact: Impact | null
}

/** What the viewer may do now, and why not where not. */
export type OrderMoves = Record<OrderMove, Permit>

export type OrderPage = OrderSummary & {
  moves: OrderMoves
  timeline: Moment[]
  raw: {
    id: string
    arguments: string
    legalRef: string
    nonce: string
    calldata: string
    evidence: string | null
  }
}

/** One order. What is not the caller's to see is not found. */
export async function getOrderPage(officer: Officer, reference: string): Promise<Result<OrderPage>> {
  const page = await withSnapshot(officer, async (tx): Promise<Result<OrderPage>> => {
    const found = await findForReader(tx, officer, reference)
    if (!found.ok) return found
    const { life } = found.value
    const { order } = life
    const names = await namesFor(tx, officer, life)
    const permits = await permitsFor(tx, officer, life)
    const [people] = await listOrderPeople(tx, order.chainId, [order.id], officer.side === 'authority')
    return accept({
      ...(await summaryOf(tx, officer, life, names)),
      moves: permits,
      timeline: timelineOf(life, names, people),
      raw: {
        id: order.id,
        arguments: order.arguments,
        legalRef: order.legalRef,
        nonce: String(order.nonce),
        calldata: callFor('execute', order.contract, chainOrderOf(order), {
          signature: order.signatures > 1 ? order.proposerSignature : null,
        }).data,
        // What a firm's standing rests on inside the authority is not the firm's to read.
        evidence: (officer.side === 'authority' && (await findOrderEvidence(tx, order.id))?.text) || null,
      },
    })
  })
  return page.ok ? page : refusePage(officer, reference, page.refusal)
}

export async function findForReader(
  tx: Tx,
  officer: Officer,
  reference: string,
): Promise<Result<{ life: OrderLife }>> {
  if (!may(officer, 'read:orders')) return refuse('not-permitted', 'Your role does not read orders.')
  const life = await findOrderLife(tx, reference, { withSubmissions: officer.side === 'authority' })
  return life ? accept({ life }) : refuse('not-found', 'There is no order with this reference.')
}

export async function namesFor(tx: Tx, officer: Officer, { order, submissions }: OrderLife) {
  if (officer.side !== 'authority') return new Map<string, string>()
  return listPersonNames(tx, [order.proposerId, ...submissions.map(({ personId }) => personId)])
}

const moves: OrderMove[] = ['sign', 'execute', 'reject', 'withdraw', 'cancel']

export async function permitsFor(
  tx: Tx,
  officer: Officer,
  life: OrderLife,
): Promise<Record<OrderMove, Permit>> {
  if (officer.side !== 'authority') {
    const no: Permit = { allowed: false, code: 'not-permitted', why: 'Only the authority acts on orders.' }
    return Object.fromEntries(moves.map((move) => [move, no])) as Record<OrderMove, Permit>
  }
  const { chainId, proposer } = life.order
  const wallets = (await listSigners(tx, chainId, officer.personId)).map(({ address }) => address)
  const viewer = viewerOf(officer, life, await findSignerPerson(tx, chainId, proposer), wallets)
  const facts = factsOf(life)
  const now = new Date()
  const still = whyNothingIsSigned(await findIndexState(tx, chainId), now)
  const permitTo = (move: OrderMove) => permitAt(move, permitFor(move, facts, viewer, now), still)
  return Object.fromEntries(moves.map((move) => [move, permitTo(move)])) as Record<OrderMove, Permit>
}

export async function summaryOf(
  tx: Tx,
  officer: Officer,
  life: OrderLife,
  names: Map<string, string>,
): Promise<OrderSummary> {
  const { order, submissions } = life
  const facts = factsOf(life)
  const now = new Date()
  const phase = phaseOf(facts, now)
  const asOf = await getAsOf(tx)
  const firm = order.firmId === null ? undefined : await findFirm(tx, order.chainId, order.firmId)
  const open = !isClosed(phase)
  const last = submissions.findLast(({ detail }) => detail !== '')
  return {
    asOf,
    reference: order.reference,
    words: wordsAt(order, phase),
    phase: phaseLooks[phase],
    moving:
      isMoving(phase) ||
      phase === 'indexed' ||
      (!life.outcome && submissions.some(({ state }) => state === 'sent')),
    closed: !open,
    steps: stepsFor(facts, now, open),
    failure: ['reverted', 'replaced', 'dropped'].includes(phase) ? (last?.detail ?? null) : null,
    firm: firm ? { id: firm.id, name: firm.name, lei: firm.lei } : null,
    about: aboutOf(order),
    contract: order.contract,
    target: order.target,
    reason: { code: order.reason, text: order.reasonText },
    legalText: order.legalText,
    proposer: {
      name: names.get(order.proposerId) ?? null,
      wallet: order.proposer,
      isViewer: order.proposerId === officer.personId,
    },
    signatures: order.signatures,
    createdAt: order.createdAt.toISOString(),
    deadline: order.deadline.toISOString(),
    drift: open && !isMoving(phase) && officer.side === 'authority' ? await findDrift(tx, order) : null,
    impact: officer.side === 'authority' ? await impactOf(tx, life, new Date(asOf.time)) : null,
  }
}

/** By the kind of order: the same address may be an instrument, a customer or somebody's wallet. */
function aboutOf({ kind, subject, firmId }: OrderLife['order']): OrderSummary['about'] {
  const isAddress = /^0x[0-9a-f]{40}$/.test(subject)
  const about = (href: string, text = subject) => ({ href, text, isAddress })
  switch (kindName(kind)) {
    case 'SetLimit':
      if (isAddress) return about(`/customers/${subject}`)
      return firmId === null
        ? about('/limits', `Tier ${subject}, each customer alone`)
        : about(`/firms/${firmId}`, `Firm ${subject}, all its customers together`)
    case 'SetTrustedIssuer':
    case 'SetClaimTopic':
      return about('/trust', sentence(subject))
    case 'SetRoles':
    case 'Delegate':
      return about('/people')
    case 'SetSignatures':
      return about('/people', 'How many signatures orders need')
    case 'Preapprove':
      return about(`/instruments/${subject}`)
    default:
      // Whoever has a firm is a customer; an instrument is everybody's.
      return about(firmId === null ? `/instruments/${subject}` : `/customers/${subject}`)
  }
}

/** The first step not reached is the one in progress, as long as anything can still happen. */
function stepsFor(facts: Parameters<typeof stepsOf>[0], now: Date, open: boolean): OrderStep[] {
  let waiting = open
  return stepsOf(facts, now).map(({ name, state }) => {
    if (state !== 'todo') {
      if (state === 'failed') waiting = false
      return { label: name, state }
    }
    const current = waiting
    waiting = false
    return { label: name, state: current ? 'current' : 'ahead' }
  })
}

async function impactOf(tx: Tx, { order }: OrderLife, now: Date): Promise<Impact | null> {
  const action = decodeArguments(order.kind, order.arguments)
  if (action.kind !== 'SetLimit') return null
  const old = order.before.limit
  const before = old === undefined || old === 'unset' ? undefined : BigInt(old)
  const { scope, window, limit: after } = action
  return findImpact(tx, order.chainId, { scope, window, subject: order.subject, before, after }, now)
}
