import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { callFor } from '@/lib/chain/order-call'
import { orderKinds } from '@/lib/chain/order-kinds'
import { chainOrderOf, kindName, orderHashes, orderTypedData, reasonWord } from '@/lib/chain/orders'
import type { OrderMove, Permit } from '@/lib/compliance/order'
import { withSnapshot } from '@/lib/db/client'
import type { OrderRecord } from '@/lib/db/order'
import { listSigners } from '@/lib/db/order-signer'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { findForReader, namesFor, type OrderSummary, permitsFor, summaryOf } from './order'
import { claimedWords } from './order-words'
import { refusePage } from './refuse-page'

const targetNames = {
  none: 'nothing',
  registry: 'Identity registry',
  policy: 'Limit policy',
  instrument: 'Instrument',
  module: 'Rule of an instrument',
  roles: 'Roles',
  orders: 'Orders',
} as const

export type SigningAct = 'propose' | 'execute' | 'cancel' | 'reject'

/** What the page claims; components/wallet/second-reading reads every word of it back from the bytes. */
export type SigningClaims = {
  act: SigningAct
  chainId: number
  contract: string
  kindName: string
  target: string
  proposer: string
  nonce: string
  deadline: string
  reasonCode: string
  legalText: string
  id: string
  domainHash: string
  messageHash: string
  words: Record<string, string>
  rejectReason?: string
}

/** Exactly what the wallet will get. */
export type SigningPayload = { typedData: string } | { to: string; data: string }

export type SigningPage = OrderSummary & {
  act: SigningAct
  permit: Permit
  claims: SigningClaims
  /** What kind of contract the target is: 'Limit policy'. */
  actsOn: string
  /** Absent unless this officer may do this now. */
  payload: SigningPayload | null
  /** The call that would follow if everybody agreed, for a simulation of its effect. */
  effect: { kind: number; arguments: string }
  ordersCodeHash: string
  /** Wallets of which one has to sign, in lower case. */
  wallets: string[]
  demonstration: boolean
}

export type SigningSearch = { act?: string; reason?: string }

/** The prepared order for the signing page of this officer, with what to sign if it is theirs to sign now. */
export async function getSigningPage(
  officer: Officer,
  reference: string,
  search: SigningSearch,
): Promise<Result<SigningPage>> {
  const { deployment, demo } = env()
  const page = await withSnapshot(officer, async (tx): Promise<Result<SigningPage>> => {
    const found = await findForReader(tx, officer, reference)
    if (!found.ok) return found
    const { life } = found.value
    const { order } = life
    const permits = await permitsFor(tx, officer, life)
    const act = actOf(search.act, order, permits)
    const move: OrderMove = act === 'propose' ? 'sign' : act
    const permit = permits[move]
    const rejectReason = act === 'reject' ? (search.reason ?? '') : undefined
    const bound = officer.side === 'authority' ? await listSigners(tx, order.chainId, officer.personId) : []
    const checks = act === 'reject' || (act === 'execute' && order.signatures > 1)
    return accept({
      ...(await summaryOf(tx, officer, life, await namesFor(tx, officer, life))),
      act,
      permit,
      claims: claimsOf(order, act, rejectReason),
      actsOn: targetNames[orderKinds[order.kind]?.target ?? 'none'],
      payload: permit.allowed ? payloadOf(order, act, rejectReason) : null,
      effect: { kind: order.kind, arguments: order.arguments },
      ordersCodeHash: deployment.ordersCodeHash,
      wallets: checks ? bound.map(({ address }) => address) : [order.proposer],
      demonstration: demo,
    })
  })
  return page.ok ? page : refusePage(officer, reference, page.refusal)
}

const acts: readonly SigningAct[] = ['propose', 'execute', 'cancel', 'reject']

/** What was asked for, or else what comes next. */
function actOf(
  asked: string | undefined,
  order: OrderRecord,
  permits: Record<OrderMove, Permit>,
): SigningAct {
  const known = acts.find((act) => act === asked)
  if (known) return known
  return order.signatures > 1 && (permits.sign.allowed || !order.proposerSignature) ? 'propose' : 'execute'
}

function claimsOf(order: OrderRecord, act: SigningAct, rejectReason: string | undefined): SigningClaims {
  const hashes = orderHashes(order.chainId, order.contract, chainOrderOf(order))
  return {
    act,
    chainId: order.chainId,
    contract: order.contract,
    kindName: kindName(order.kind),
    target: order.target,
    proposer: order.proposer,
    nonce: String(order.nonce),
    deadline: String(chainOrderOf(order).deadline),
    reasonCode: order.reason,
    legalText: order.legalText,
    id: order.id,
    domainHash: hashes.domain,
    messageHash: hashes.message,
    words: claimedWords(order),
    ...(rejectReason === undefined ? {} : { rejectReason }),
  }
}

function payloadOf(order: OrderRecord, act: SigningAct, rejectReason = ''): SigningPayload {
  const onChain = chainOrderOf(order)
  if (act === 'propose') {
    const typed = orderTypedData(order.chainId, order.contract, onChain)
    return {
      typedData: JSON.stringify(typed, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    }
  }
  return callFor(act, order.contract, onChain, {
    signature: order.signatures > 1 ? order.proposerSignature : null,
    rejectReason: reasonWord(rejectReason),
  })
}
