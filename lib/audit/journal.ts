import type { Tx } from '@/lib/db/client'
import { insertJournalEntry } from '@/lib/db/journal'
import type { Refusal } from '@/lib/errors/refusal'

/** What is worth a line. A deed is named as its permission or its action is, so that the two can be read together. */
export const deeds = [
  'sign-in',
  'sign-out',
  'revoke:session',
  'disable:person',
  'enable:person',
  'bind:wallet',
  'prepare:kyc',
  'prepare:limit',
  'prepare:measure',
  'sign:order',
  'submit:order',
  'approve:order',
  'reject:order',
  'withdraw:order',
  'export:report',
  'cancel:report',
  'download:report',
  'watch:instrument',
  'unwatch:instrument',
  'halt:index',
  'pause:traffic',
  'resume:traffic',
  'read:page',
  'rpc',
  'request',
] as const

export type Deed = (typeof deeds)[number]
export type JournalDetail = Record<string, string | number | boolean | null>

export type JournalEvent = Readonly<{
  act: Deed | `refused:${Deed}`
  /** What it was done to: a username, an order's reference, an address. */
  subject: string
  firmId?: number | null
  detail?: JournalDetail
}>

/** Nobody: a request that was refused before anyone was known. */
type Who = { personId: string; firmId: number | null } | null

/**
 * Writes one line in the caller's transaction: the one that does the deed, so that neither is without the other.
 * Never put a secret, a password or a signature into it; long values are cut.
 */
export async function record(tx: Tx, who: Who, event: JournalEvent): Promise<void> {
  await insertJournalEntry(tx, {
    personId: who?.personId ?? null,
    firmId: event.firmId ?? who?.firmId ?? null,
    act: event.act,
    subject: clip(event.subject),
    detail: Object.fromEntries(
      Object.entries(event.detail ?? {}).map(([key, value]) => [clip(key), clip(value)]),
    ),
  })
}

/** The line of a refused deed. Its transaction is the refusal's own: the deed's has rolled back or never began. */
export const refused = (deed: Deed, subject: string, refusal: Refusal): JournalEvent => ({
  act: `refused:${deed}`,
  subject,
  detail: { code: refusal.code, ...refusal.values },
})

const longest = 200

/** Cut, and without control characters or lone surrogates, which neither JSONB nor a terminal should be given. */
function clip<V extends JournalDetail[string]>(value: V): V | string {
  if (typeof value !== 'string') return value
  const clean = value.slice(0, longest).replace(/[\p{Cc}\p{Cs}]/gu, ' ')
  return value.length > longest ? `${clean}…` : clean
}
