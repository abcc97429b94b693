import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { whyNothingIsSigned } from '@/lib/compliance/standstill'
import { type Tx, withActor } from '@/lib/db/client'
import { findIndexState } from '@/lib/db/cursor'
import { env } from '@/lib/env'
import { type Refusal, refuse } from '@/lib/errors/refusal'

/** Why nothing is prepared or signed on a chain now; undefined if it may be. */
export const whyStill = async (tx: Tx, chainId = env().chainId): Promise<string | undefined> =>
  whyNothingIsSigned(await findIndexState(tx, chainId), new Date())

/** The same as a refusal, for what begins with the officer. Firms sign nothing here. */
export async function refuseAtStandstill(officer: Officer): Promise<Refusal | undefined> {
  if (officer.side !== 'authority') return undefined
  const why = await withActor(officer, (tx) => whyStill(tx))
  return why === undefined ? undefined : refuse('standstill', why).refusal
}
