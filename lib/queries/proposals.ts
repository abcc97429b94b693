import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import type { Permission } from '@/lib/auth/permissions'
import { type Scope, scopes, type Window, windows } from '@/lib/compliance/limits'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { findFirm, listFirmNames } from '@/lib/db/firm'
import { findIdentity } from '@/lib/db/identity'
import { listLimits } from '@/lib/db/limit'
import { listUse } from '@/lib/db/limit-use'
import { listSigners } from '@/lib/db/order-signer'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { refusePage } from './refuse-page'

/** What the forms need that lead to an order. */

export type DecidePage = {
  asOf: AsOf
  identity: string
  /** C-10233, or the address where the firm gave none. */
  name: string
  firmName: string | null
  status: number
  tier: number
  /** ISO 8601. */
  expiry: string | null
  tiers: string[]
  hasWallet: boolean
}

/** The form to decide one customer's standing. */
export async function getDecidePage(officer: Officer, identity: string): Promise<Result<DecidePage>> {
  const no = whyNot(officer, 'propose:kyc')
  if (no) return refusePage(officer, identity, no)
  const page = await withSnapshot(officer, async (tx): Promise<Result<DecidePage>> => {
    const asOf = await getAsOf(tx)
    const customer = /^0x[0-9a-f]{40}$/.test(identity)
      ? await findIdentity(tx, asOf.chainId, identity)
      : undefined
    if (!customer) return refuse('not-found', 'There is no customer behind this identity.')
    return accept({
      asOf,
      identity,
      name: customer.reference ?? identity,
      firmName: customer.firmName,
      status: customer.status,
      tier: customer.tier,
      expiry: customer.expiry?.toISOString() ?? null,
      tiers: await listTiers(tx, asOf.chainId),
      hasWallet: await hasWallet(tx, officer, asOf.chainId),
    })
  })
  return page.ok ? page : refusePage(officer, identity, page.refusal)
}

export type LimitProposalPage = {
  asOf: AsOf
  firms: { id: number; name: string }[]
  tiers: string[]
  hasWallet: boolean
  /** Null until it is chosen whose limit it is. */
  chosen: {
    scope: Scope
    subject: string
    name: string
    window: Window
    windows: Window[]
    /** Reference units as decimal text; null where the scope states none. */
    limit: string | null
    /** Null where nothing adds up: for one transfer, for a balance, and for a tier. */
    used: string | null
  } | null
}

export type LimitProposalSearch = { scope?: string; subject?: string; window?: string }

/** The form to change one limit; whose and which is in the URL. */
export async function getLimitProposalPage(
  officer: Officer,
  search: LimitProposalSearch,
): Promise<Result<LimitProposalPage>> {
  const no = whyNot(officer, 'propose:limit')
  if (no) return refusePage(officer, 'limits', no)
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const tiers = await listTiers(tx, asOf.chainId)
    return accept({
      asOf,
      firms: (await listFirmNames(tx, asOf.chainId)).map(({ id, name }) => ({ id, name })),
      tiers,
      hasWallet: await hasWallet(tx, officer, asOf.chainId),
      chosen: await choose(tx, asOf, tiers, search),
    })
  })
}

async function choose(
  tx: Tx,
  asOf: AsOf,
  tiers: string[],
  search: LimitProposalSearch,
): Promise<LimitProposalPage['chosen']> {
  const scope = (Object.keys(scopes) as Scope[]).find((each) => each === search.scope)
  const subject = search.subject?.toLowerCase() ?? ''
  const name = scope && (await nameOf(tx, asOf.chainId, tiers, scope, subject))
  if (!scope || !name) return null
  const possible = (Object.keys(windows) as Window[]).filter((each) => scope !== 'firm' || each !== 'balance')
  const window = possible.find((each) => each === search.window) ?? 'day'
  const limits = await listLimits(tx, asOf.chainId, scopes[scope], [subject])
  const limit = limits.find((each) => each.window === windows[window])
  return {
    scope,
    subject,
    name,
    window,
    windows: possible,
    limit: limit ? String(limit.amount) : null,
    used: await usedOf(tx, asOf, scope, subject, window),
  }
}

async function nameOf(tx: Tx, chainId: number, tiers: string[], scope: Scope, subject: string) {
  if (scope === 'tier') return tiers.includes(subject) ? `Tier ${subject}` : undefined
  if (scope === 'firm')
    return /^\d{1,9}$/.test(subject) ? (await findFirm(tx, chainId, Number(subject)))?.name : undefined
  const identity = /^0x[0-9a-f]{40}$/.test(subject) ? await findIdentity(tx, chainId, subject) : undefined
  return identity && (identity.reference ?? identity.address)
}

async function usedOf(
  tx: Tx,
  asOf: AsOf,
  scope: Scope,
  subject: string,
  window: Window,
): Promise<string | null> {
  if (scope === 'tier' || (window !== 'day' && window !== 'month')) return null
  const [use] = await listUse(tx, asOf.chainId, scopes[scope], [subject])
  return String(use?.[window] ?? 0n)
}

const listTiers = async (tx: Tx, chainId: number) => [
  ...new Set((await listLimits(tx, chainId, scopes.tier)).map(({ subject }) => subject)),
]

const hasWallet = async (tx: Tx, officer: Officer, chainId: number) =>
  (await listSigners(tx, chainId, officer.personId)).length > 0

const whyNot = (officer: Officer, permission: Permission) =>
  may(officer, permission) ? undefined : refuse('not-permitted', 'Your role does not propose orders.').refusal
