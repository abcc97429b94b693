import 'server-only'
import type { Window } from '@/lib/compliance/limits'
import type { Tx } from '@/lib/db/client'
import { listCursorChains } from '@/lib/db/cursor'
import { listSameCustomer } from '@/lib/db/customer'
import { findFirm } from '@/lib/db/firm'
import { findIdentity, type IdentityRecord } from '@/lib/db/identity'
import { allowanceOf } from './allowance'
import { type AsOf, getAsOf } from './as-of'
import { firmLimits } from './firms'
import type { LimitLine } from './limit-line'
import { type Standing, standingOf } from './standing'

/**
 * One customer or firm on every ledger that is watched. Each ledger's contracts count for themselves alone, so what was
 * used on all of them together is for the supervisor to see. A firm has one number on every ledger (the index refuses
 * another LEI under it), a customer one reference of its firm.
 */
export type Ledgers = {
  /** By chain id. */
  rows: LedgerRow[]
  /** Used on all of them, in reference units, which are the same on each. */
  together: { window: Window; used: string }[]
}

export type LedgerRow = {
  asOf: AsOf
  /** Its address there; null for a firm. */
  identity: string | null
  standing: Standing | null
  flagged: boolean
  /** 24 hours, 30 days and, of a customer, the balance: each as at this ledger's own block. */
  lines: LimitLine[]
}

/** Null if the customer is on one ledger alone, or its firm told no reference. */
export async function customerLedgers(tx: Tx, customer: IdentityRecord): Promise<Ledgers | null> {
  if (customer.reference === null) return null
  const same = await listSameCustomer(tx, customer.firmId, customer.reference)
  if (same.length < 2) return null
  const rows: LedgerRow[] = []
  for (const { chainId, identity: address } of same) {
    const identity = await findIdentity(tx, chainId, address)
    if (!identity) continue
    const asOf = await getAsOf(tx, chainId)
    const { limits } = await allowanceOf(tx, identity, chainId)
    rows.push({
      asOf,
      identity: address,
      standing: standingOf(identity.status, identity.expiry, new Date(asOf.time)),
      flagged: identity.flagged,
      lines: rolling(limits),
    })
  }
  return together(rows)
}

/** Null if the firm is on one ledger alone. */
export async function firmLedgers(tx: Tx, firmId: number): Promise<Ledgers | null> {
  const chains = await listCursorChains(tx)
  if (chains.length < 2) return null
  const rows: LedgerRow[] = []
  for (const chainId of chains) {
    if (!(await findFirm(tx, chainId, firmId))) continue
    const asOf = await getAsOf(tx, chainId)
    const lines = rolling(await firmLimits(tx, firmId, chainId))
    rows.push({ asOf, identity: null, standing: null, flagged: false, lines })
  }
  return together(rows)
}

function together(rows: LedgerRow[]): Ledgers | null {
  if (rows.length < 2) return null
  const sum = (window: Window) =>
    rows
      .flatMap(({ lines }) => lines.filter((line) => line.window === window))
      .reduce((used, line) => used + BigInt(line.used), 0n)
  const windows = rows[0]!.lines.map(({ window }) => window)
  return { rows, together: windows.map((window) => ({ window, used: sum(window).toString() })) }
}

const rolling = (lines: readonly LimitLine[]) => lines.filter(({ window }) => window !== 'transfer')
