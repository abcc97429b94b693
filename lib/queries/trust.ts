import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { listOrderPeople } from '@/lib/db/order-people'
import { listClaimTopics, listTrustedIssuers } from '@/lib/db/trust'
import { accept, type Result } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { notReader, refusePage } from './refuse-page'

/** By which order something stands; null: the reader may not know it, or it was not prepared here. */
export type StandingBy = { since: string; reference: string | null; people: string | null }

export type TrustPage = {
  asOf: AsOf
  /** Claims that everybody needs. Topics are decimal text: they may be larger than a number. */
  topics: ({ topic: string; issuers: number } & StandingBy)[]
  issuers: ({ issuer: string; topic: string; isNeeded: boolean } & StandingBy)[]
  mayPropose: boolean
}

/** Whose claims count and which everybody needs: the same for every firm, so every firm may read it. */
export async function getTrustPage(officer: Officer): Promise<Result<TrustPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'trust', notReader)
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const topics = await listClaimTopics(tx, asOf.chainId)
    const issuers = await listTrustedIssuers(tx, asOf.chainId)
    const by = await standingBy(tx, officer, asOf.chainId, [...topics, ...issuers])
    return accept({
      asOf,
      topics: topics.map((each) => ({
        topic: String(each.topic),
        issuers: issuers.filter(({ topic }) => topic === each.topic).length,
        ...by(each),
      })),
      issuers: issuers.map((each) => ({
        issuer: each.issuer,
        topic: String(each.topic),
        isNeeded: topics.some(({ topic }) => topic === each.topic),
        ...by(each),
      })),
      mayPropose: may(officer, 'propose:measure'),
    })
  })
}

/** The orders behind what stands, with their people where the reader may know them. */
export async function standingBy(
  tx: Tx,
  officer: Officer,
  chainId: number,
  rows: readonly { orderId: string }[],
): Promise<(row: { orderId: string; since: Date }) => StandingBy> {
  const isAuthority = officer.side === 'authority'
  const people = await listOrderPeople(
    tx,
    chainId,
    rows.map(({ orderId }) => orderId),
    isAuthority,
  )
  return ({ orderId, since }) => {
    const found = people.find((each) => each.orderId === orderId)
    const names = [found?.proposer, found?.approver].filter(Boolean).join(' and ')
    return {
      since: since.toISOString(),
      reference: found?.reference ?? null,
      people: names || null,
    }
  }
}
