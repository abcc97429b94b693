import 'server-only'
import { record, refused } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { withActor } from '@/lib/db/client'
import { type Refusal, refuse } from '@/lib/errors/refusal'

/**
 * Hands a refusal on, with its one line in the journal. What does not exist and what is another firm's get the same
 * answer; the journal knows what was asked for.
 */
export async function refusePage(
  officer: Officer,
  subject: string,
  refusal: Refusal,
): Promise<{ ok: false; refusal: Refusal }> {
  await withActor(officer, (tx) => record(tx, officer, refused('read:page', subject, refusal)))
  return { ok: false, refusal }
}

export const notReader = refuse('not-permitted', 'Your role may not read the ledger.').refusal
