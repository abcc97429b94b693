import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { factsOf } from '@/lib/auth/order-viewer'
import { phaseOf } from '@/lib/compliance/order'
import { withSnapshot } from '@/lib/db/client'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { listOrders, type OrderTab } from '@/lib/db/order'
import { listOrderLives } from '@/lib/db/order-life'
import { listPersonNames } from '@/lib/db/order-signer'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { phaseLooks, wordsOf } from './order-words'
import { refusePage } from './refuse-page'

export type OrderRow = {
  reference: string
  kind: string
  title: string
  /** Null on a firm's side. */
  proposer: string | null
  signatures: number
  createdAt: string
  deadline: string
  phase: { word: string; status: 'compliant' | 'warning' | 'info' | 'pending' | 'closed' }
}

export type OrdersPage = {
  asOf: AsOf
  tab: OrderTab
  /** The tabs this person has. */
  tabs: OrderTab[]
  rows: OrderRow[]
  older?: string
}

export type OrdersSearch = { tab?: string; after?: string }

const pageSize = 50
const place = z.tuple([keysetPart.date, keysetPart.text])

/** Orders prepared in this portal, newest first. A firm sees those of its own that were carried out. */
export async function getOrdersPage(officer: Officer, search: OrdersSearch): Promise<Result<OrdersPage>> {
  if (!may(officer, 'read:orders')) return refusePage(officer, 'orders', notPermitted)
  const isAuthority = officer.side === 'authority'
  const tabs: OrderTab[] = isAuthority
    ? may(officer, 'withdraw:order')
      ? ['needs-me', 'proposed', 'done', 'all']
      : may(officer, 'approve:order')
        ? ['needs-me', 'done', 'all']
        : ['all', 'done']
    : ['all']
  const tab = tabs.find((each) => each === search.tab) ?? tabs[0]!
  const from = search.after === undefined ? undefined : decodeKeyset(search.after, place)
  if (from && !from.ok) return refusePage(officer, 'orders', from.refusal)
  const now = new Date()
  const { chainId } = env()
  return withSnapshot(officer, async (tx) => {
    const found = await listOrders(tx, {
      chainId,
      tab,
      personId: officer.personId,
      approves: may(officer, 'approve:order'),
      now,
      after: from && { createdAt: from.value[0], id: from.value[1] },
      take: pageSize + 1,
    })
    const shown = found.slice(0, pageSize)
    const lives = await listOrderLives(tx, shown, { withSubmissions: isAuthority })
    const names = isAuthority
      ? await listPersonNames(
          tx,
          shown.map(({ proposerId }) => proposerId),
        )
      : undefined
    const last = found.length > pageSize ? shown.at(-1) : undefined
    return accept({
      asOf: await getAsOf(tx),
      tab,
      tabs,
      rows: lives.map((life) => {
        const { order } = life
        const { kind, title } = wordsOf(order)
        return {
          reference: order.reference,
          kind,
          title,
          proposer: names?.get(order.proposerId) ?? null,
          signatures: order.signatures,
          createdAt: order.createdAt.toISOString(),
          deadline: order.deadline.toISOString(),
          phase: phaseLooks[phaseOf(factsOf(life), now)],
        }
      }),
      ...(last ? { older: encodeKeyset([last.createdAt, last.id]) } : {}),
    })
  })
}

const notPermitted = refuse('not-permitted', 'Your role does not read orders.').refusal
