import 'server-only'
import type { Hex } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { factsOf, viewerOf } from '@/lib/auth/order-viewer'
import { type OrderMove, permitFor } from '@/lib/compliance/order'
import { permitAt } from '@/lib/compliance/standstill'
import type { Tx } from '@/lib/db/client'
import { findOrderLifeForUpdate, type OrderLife } from '@/lib/db/order-life'
import { findSignerPerson, listSigners } from '@/lib/db/order-signer'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { whyStill } from './standstill'

/**
 * The order, locked, if this officer may make the move now; otherwise why not. A closed order that the officer's own
 * transaction has just closed, or a ledger that stands still, is no reason to refuse a transaction that is sent: such
 * callers pass over it with `evenIfClosed`.
 */
export async function findPermitted(
  tx: Tx,
  officer: Officer,
  reference: string,
  move: OrderMove,
  { evenIfClosed = false } = {},
): Promise<Result<{ life: OrderLife; wallets: readonly Hex[] }>> {
  if (officer.side !== 'authority') return notTheAuthority
  const life = await findOrderLifeForUpdate(tx, reference)
  if (!life) return refuse('not-found', 'There is no order with this reference.', { values: { reference } })
  const { chainId, proposer } = life.order
  const wallets = (await listSigners(tx, chainId, officer.personId)).map(({ address }) => address)
  const viewer = viewerOf(officer, life, await findSignerPerson(tx, chainId, proposer), wallets)
  const still = await whyStill(tx, chainId)
  const permit = permitAt(move, permitFor(move, factsOf(life), viewer, new Date()), still)
  if (permit.allowed) return accept({ life, wallets })
  // Of a transaction that is sent already it is only noted that it was.
  const passed = ['order-closed', 'order-expired', 'standstill'].includes(permit.code)
  if (evenIfClosed && passed) return accept({ life, wallets })
  return refuse(permit.code, permit.why)
}

/** Said before anything is asked: the firms' database role may neither lock an order nor see a submission. */
export const notTheAuthority = refuse('not-permitted', 'Only the authority acts on orders.')
