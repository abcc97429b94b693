import 'server-only'
import { type Deed, record, refused } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { withGate } from '@/lib/db/client'
import type { Refusal } from '@/lib/errors/refusal'

/** Lines a minute that requests of nobody may add to a table that cannot be pruned; signed in, each has its line. */
const strangersAMinute = 300
let minute = { start: 0, lines: 0 }

function mayStrangerWrite(now: number): boolean {
  if (now - minute.start >= 60_000) minute = { start: now, lines: 0 }
  minute.lines++
  return minute.lines <= strangersAMinute
}

/** One line in a transaction of its own. Through the gate, which may write the journal for either side. */
export async function journalRefusal(
  officer: Officer | null,
  deed: Deed,
  subject: string,
  refusal: Refusal,
): Promise<void> {
  if (!officer && !mayStrangerWrite(Date.now())) return
  await withGate((tx) => record(tx, officer, refused(deed, subject, refusal)))
}
